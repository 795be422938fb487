package dev.headway.spc.app;

import dev.headway.server.http.Paging;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.spc.input.DefinitionDraft;
import dev.headway.spc.json.CharacteristicJson;
import dev.headway.spc.json.LimitsJson;
import dev.headway.spc.live.ChartChanges;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.store.AuditEntry;
import dev.headway.spc.store.CharacteristicStore;

/** {@code /api/v1/characteristics}: what is measured. */
final class CharacteristicRoutes {
  private static final Paging PAGING = Paging.byLimit("characteristics");

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
    var page = PAGING.asked(request);
    var found = store.list(request.query("name").orElse(""), page);
    return PAGING.answer(found.map(CharacteristicJson::of), page);
  }

  private Response create(Request request) {
    var definition = DefinitionDraft.EMPTY.changedBy(request.json()).definition();
    var setup = changes.create(definition, AuditEntry.actor(request.principal()));
    return Response.json(201, CharacteristicJson.of(setup))
        .with("Location", "/api/v1/characteristics/" + setup.id());
  }

  private Response show(Request request) {
    var id = request.pathLong("id");
    var state = charts.state(id).orElseThrow(() -> LiveCharts.notFound(id));
    return Response.ok(CharacteristicJson.of(state.setup(), LimitsJson.of(state)));
  }

  private Response change(Request request) {
    var id = request.pathLong("id");
    var present = charts.definition(id);
    if (present == null) {
      throw LiveCharts.notFound(id);
    }
    var definition = DefinitionDraft.of(present).changedBy(request.json()).definition();
    var setup = changes.redefine(id, definition, AuditEntry.actor(request.principal()));
    return Response.ok(CharacteristicJson.of(setup));
  }

  private Response delete(Request request) {
    changes.delete(request.pathLong("id"), AuditEntry.actor(request.principal()));
    return Response.noContent();
  }
}
