package dev.headway.spc.app;

import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.input.Checked;
import dev.headway.spc.input.DefinitionDraft;
import dev.headway.spc.live.ChartChanges;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.model.Definition;
import dev.headway.spc.store.CharacteristicStore;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/characteristics}: what is measured. */
final class CharacteristicRoutes {
  private final LiveCharts charts;
  private final ChartChanges changes;
  private final CharacteristicStore store;

  CharacteristicRoutes(LiveCharts charts, ChartChanges changes, CharacteristicStore store) {
    this.charts = charts;
    this.changes = changes;
    this.store = store;
  }

  Routes routes() {
    return new Routes()
        .on("listCharacteristics", this::list)
        .on("createCharacteristic", this::create)
        .on("getCharacteristic", this::show)
        .on("changeCharacteristic", this::change)
        .on("deleteCharacteristic", this::delete);
  }

  private Response list(Request request) {
    var page = request.page("limit", 50);
    var found = store.list(request.query("name").orElse(""), page);
    var answer = new LinkedHashMap<String, Object>();
    answer.put("characteristics", found.items().stream().map(Views::characteristic).toList());
    answer.put("total", found.total());
    answer.put("page", page.page());
    answer.put("limit", page.size());
    return Response.ok(answer);
  }

  private Response create(Request request) {
    var nothing = new DefinitionDraft(null, null, null, null, null, null, null, null);
    var setup = changes.create(definition(request.json(), nothing), Actor.of(request.principal()));
    return Response.json(201, Views.characteristic(setup))
        .with("Location", "/api/v1/characteristics/" + setup.id());
  }

  private Response show(Request request) {
    var id = request.pathLong("id");
    var state = charts.state(id).orElseThrow(() -> LiveCharts.notFound(id));
    var view = Views.characteristic(state.setup());
    view.put("limits", Views.limits(id, state.setup().limits(), state.shownSize()));
    return Response.ok(view);
  }

  private Response change(Request request) {
    var id = request.pathLong("id");
    var present = charts.definition(id);
    if (present == null) {
      throw LiveCharts.notFound(id);
    }
    var draft = DefinitionDraft.of(present);
    var changed = definition(request.json(), draft);
    ChartSetup setup = changes.redefine(id, changed, Actor.of(request.principal()));
    return Response.ok(Views.characteristic(setup));
  }

  private Response delete(Request request) {
    changes.delete(request.pathLong("id"), Actor.of(request.principal()));
    return Response.noContent();
  }

  /** What is sent, over what is there: a key that is missing stays, one that is null is cleared. */
  private static Definition definition(JsonNode body, DefinitionDraft present) {
    var draft =
        new DefinitionDraft(
            text(body, "name", present.name()),
            text(body, "description", present.description()),
            kind(body, present),
            body.has("subgroup_size")
                ? (Integer) body.get("subgroup_size").asInt()
                : present.subgroupSize(),
            body.has("varying_size")
                ? (Boolean) body.get("varying_size").asBoolean()
                : present.varyingSize(),
            number(body, "target_value", present.targetValue()),
            number(body, "usl", present.usl()),
            number(body, "lsl", present.lsl()));
    return switch (draft.check()) {
      case Checked.Valid<Definition>(var definition) -> definition;
      case Checked.Invalid<Definition>(var defects) -> throw HeadwayException.invalid(defects);
    };
  }

  /** A new subgroup size alone asks for the chart that is customary for it. */
  private static @Nullable String kind(JsonNode body, DefinitionDraft present) {
    var kept = body.has("subgroup_size") ? null : present.chartKind();
    return text(body, "chart_type", kept);
  }

  private static @Nullable String text(JsonNode body, String key, @Nullable String present) {
    return body.hasNonNull(key) ? body.get(key).asString() : present;
  }

  private static @Nullable Double number(JsonNode body, String key, @Nullable Double present) {
    if (!body.has(key)) {
      return present;
    }
    return body.get(key).isNull() ? null : (Double) body.get(key).asDouble();
  }
}
