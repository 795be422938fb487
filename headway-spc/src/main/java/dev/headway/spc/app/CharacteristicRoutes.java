package dev.headway.spc.app;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headway.core.port.PageRequest;
import dev.headway.server.http.Paging;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.input.DefinitionDraft;
import dev.headway.spc.json.CharacteristicJson;
import dev.headway.spc.json.LimitsJson;
import dev.headway.spc.json.OverviewJson;
import dev.headway.spc.live.CharacteristicState;
import dev.headway.spc.live.ChartChanges;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.store.CharacteristicStore;
import java.util.List;

/** {@code /api/v1/characteristics}: what is measured. */
final class CharacteristicRoutes {
  private static final Paging PAGING = Paging.byLimit("characteristics");

  private final LiveCharts charts;
  private final ChartChanges changes;
  private final CharacteristicStore store;
  private final Authors authors;

  CharacteristicRoutes(
      LiveCharts charts, ChartChanges changes, CharacteristicStore store, Authors authors) {
    this.charts = charts;
    this.changes = changes;
    this.store = store;
    this.authors = authors;
  }

  Routes routes() {
    return new Routes()
        .on("listCharacteristics", this::list)
        .on("overview", this::overview)
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

  /* A characteristic with its line of the overview and the newest values. */
  private record OverviewEntry(
      @JsonUnwrapped CharacteristicJson characteristic,
      @JsonUnwrapped @JsonIgnoreProperties("id") OverviewJson line,
      List<Double> values) {
    static OverviewEntry of(CharacteristicState state) {
      return new OverviewEntry(
          CharacteristicJson.of(state.setup()),
          OverviewJson.of(state),
          state.latest().stream().map(JudgedSample::value).toList());
    }
  }

  private record OverviewAnswer(List<OverviewEntry> characteristics, long total) {}

  private Response overview(Request request) {
    var page = new PageRequest(1, request.queryInt("limit", 1_000));
    var found = store.list(request.query("name").orElse(""), page);
    var entries =
        found.items().stream()
            .flatMap(setup -> charts.state(setup.id()).stream())
            .map(OverviewEntry::of)
            .toList();
    return Response.ok(new OverviewAnswer(entries, found.total()));
  }

  private Response create(Request request) {
    var definition = DefinitionDraft.EMPTY.changedBy(request.json()).definition();
    var setup = changes.create(definition, authors.of(request));
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
    var setup = changes.redefine(id, definition, authors.of(request));
    return Response.ok(CharacteristicJson.of(setup));
  }

  private Response delete(Request request) {
    changes.delete(request.pathLong("id"), authors.of(request));
    return Response.noContent();
  }
}
