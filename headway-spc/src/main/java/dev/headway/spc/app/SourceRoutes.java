package dev.headway.spc.app;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.spc.input.FileMapping;
import dev.headway.spc.input.NewSample;
import dev.headway.spc.input.RefusedRow;
import dev.headway.spc.input.SampleCsv;
import dev.headway.spc.input.SampleRow;
import dev.headway.spc.json.SampleJson;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.store.SourceStore;
import dev.headway.spc.store.SourceStore.FileSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/sources}: how the files of a source are written. */
final class SourceRoutes {
  /** A preview shows the first rows. */
  private static final int SHOWN = 20;

  private final SourceStore store;
  private final LiveCharts charts;

  SourceRoutes(SourceStore store, LiveCharts charts) {
    this.store = store;
    this.charts = charts;
  }

  Routes routes() {
    return new Routes()
        .on("listSources", _ -> Response.ok(new SourceList(store.list())))
        .on("createSource", this::create)
        .on("changeSource", this::change)
        .on("deleteSource", this::delete)
        .on("previewSource", this::preview);
  }

  private record SourceList(List<FileSource> sources) {}

  /* What is not sent stays. */
  private record SourceDraft(
      @Nullable String name, @Nullable Long characteristicId, @Nullable FileMapping mapping) {
    FileSource over(FileSource present) {
      return new FileSource(
          present.id(),
          name == null ? present.name() : name.strip(),
          characteristicId == null ? present.characteristicId() : characteristicId,
          Objects.requireNonNullElse(mapping, present.mapping()).checked());
    }
  }

  private FileSource find(Request request) {
    var id = request.pathLong("id");
    return store.find(id).orElseThrow(() -> HeadwayException.notFound("Source " + id));
  }

  private Response create(Request request) {
    var nothing = new FileSource(0, "", null, FileMapping.STANDARD);
    var saved = store.save(request.json(SourceDraft.class).over(nothing));
    return Response.json(201, saved).with("Location", "/api/v1/sources/" + saved.id());
  }

  private Response change(Request request) {
    return Response.ok(store.save(request.json(SourceDraft.class).over(find(request))));
  }

  private Response delete(Request request) {
    if (!store.delete(request.pathLong("id"))) {
      throw HeadwayException.notFound("Source " + request.pathLong("id"));
    }
    return Response.noContent();
  }

  /**
   * A row as it was read.
   *
   * @param line its line
   * @param timestamp when it was taken; null when the file does not say
   * @param measurements the numbers; empty when something is wrong
   * @param problems everything that is wrong with it
   */
  private record PreviewRow(
      long line, @Nullable Instant timestamp, List<Double> measurements, List<String> problems) {
    static PreviewRow of(SampleRow row) {
      return switch (row) {
        case NewSample sample ->
            new PreviewRow(
                sample.line(),
                sample.timestamp(),
                SampleJson.measurements(sample.observation()),
                List.of());
        case RefusedRow(var line, var defects) ->
            new PreviewRow(line, null, List.of(), defects.stream().map(Defect::message).toList());
      };
    }
  }

  private record Preview(List<String> ignoredColumns, List<PreviewRow> rows) {}

  private Response preview(Request request) {
    var source = find(request);
    var rows = new ArrayList<PreviewRow>();
    var text = UploadedText.of(request, source.mapping().characters());
    var context =
        new SampleCsv.FileContext(charts::definition, source.characteristicId(), source.mapping());
    try (var csv = SampleCsv.open(text, context)) {
      while (rows.size() < SHOWN && csv.hasNext()) {
        rows.add(PreviewRow.of(csv.next()));
      }
      return Response.ok(new Preview(csv.ignoredColumns(), rows));
    } catch (IOException failed) {
      throw new UncheckedIOException("A file that was sent could not be read", failed);
    }
  }
}
