package dev.headway.spc.app;

import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.spc.json.AnnotationJson;
import dev.headway.spc.live.ChartChanges;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.store.AnnotationStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Annotations: what people say about samples. */
final class AnnotationRoutes {
  private final AnnotationStore store;
  private final LiveCharts charts;
  private final ChartChanges changes;
  private final Authors authors;

  AnnotationRoutes(
      AnnotationStore store, LiveCharts charts, ChartChanges changes, Authors authors) {
    this.authors = authors;
    this.store = store;
    this.charts = charts;
    this.changes = changes;
  }

  Routes routes() {
    return new Routes()
        .on("listAnnotations", this::list)
        .on("annotateSample", this::annotate)
        .on("removeAnnotation", this::remove);
  }

  private record Annotations(long characteristicId, List<AnnotationJson> annotations) {}

  private Response list(Request request) {
    var id = request.pathLong("id");
    if (charts.definition(id) == null) {
      throw LiveCharts.notFound(id);
    }
    var found = store.in(ChartRoutes.range(request, id), request.queryInt("limit", 100));
    return Response.ok(new Annotations(id, found.stream().map(AnnotationJson::of).toList()));
  }

  private record Draft(String text, @Nullable String author) {}

  private Response annotate(Request request) {
    var draft = request.json(Draft.class);
    var text = draft.text().strip();
    if (text.isEmpty()) {
      throw HeadwayException.invalid("text", "must not be blank");
    }
    var claimed = draft.author() == null ? "" : draft.author();
    var author = authors.of(request, claimed);
    return Response.json(
        201, AnnotationJson.of(changes.annotate(request.pathLong("id"), text, author)));
  }

  private Response remove(Request request) {
    changes.removeAnnotation(request.pathLong("id"), authors.of(request));
    return Response.noContent();
  }
}
