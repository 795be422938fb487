package dev.headway.spc.app;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Json;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.json.JsonCodec;
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
        .on("previewSource", this::preview)
        .on("previewFile", this::previewFile);
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

  /**
   * How a file is read.
   *
   * @param columns the names of its columns
   * @param cells the cells of its first rows, as they are
   * @param ignoredColumns the columns that are left out
   * @param problems everything that is wrong with the header
   * @param rows the first samples and rows that are none
   */
  private record Preview(
      List<String> columns,
      List<List<String>> cells,
      List<String> ignoredColumns,
      List<String> problems,
      List<PreviewRow> rows) {}

  private Response preview(Request request) {
    var source = find(request);
    return Response.ok(previewed(request, source.characteristicId(), source.mapping()));
  }

  /** Shows how a file is read by a mapping that is not stored yet. */
  private Response previewFile(Request request) {
    var mapping =
        request
            .part("mapping")
            .map(part -> JsonCodec.parse(part.bytes()))
            .map(sent -> JsonCodec.read(new Json(sent.toString()), FileMapping.class))
            .orElse(FileMapping.STANDARD)
            .checked();
    var characteristic = request.part("characteristic_id").map(part -> number(part.text()));
    return Response.ok(previewed(request, characteristic.orElse(null), mapping));
  }

  private static Long number(String text) {
    try {
      return Long.valueOf(text.strip());
    } catch (NumberFormatException none) {
      throw HeadwayException.invalid("characteristic_id", "'%s' is no number".formatted(text));
    }
  }

  private Preview previewed(Request request, @Nullable Long characteristic, FileMapping sent) {
    var mapping = UploadedText.isWorkbook(request) ? sent.ofWorkbook() : sent;
    try {
      var cells = SampleCsv.cells(UploadedText.of(request, mapping.characters()), mapping, SHOWN);
      List<String> columns = cells.isEmpty() ? List.of() : cells.getFirst();
      var data = cells.isEmpty() ? cells : cells.subList(1, cells.size());
      var context = new SampleCsv.FileContext(charts::definition, characteristic, mapping);
      var text = UploadedText.of(request, mapping.characters());
      try (var csv = SampleCsv.open(text, context)) {
        return new Preview(columns, data, csv.ignoredColumns(), List.of(), rows(csv));
      } catch (HeadwayException unusable) {
        return new Preview(columns, data, List.of(), problems(unusable), List.of());
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("A file that was sent could not be read", failed);
    }
  }

  private static List<PreviewRow> rows(SampleCsv csv) {
    var rows = new ArrayList<PreviewRow>();
    while (rows.size() < SHOWN && csv.hasNext()) {
      rows.add(PreviewRow.of(csv.next()));
    }
    return rows;
  }

  private static List<String> problems(HeadwayException unusable) {
    var defects = unusable.defects();
    return defects.isEmpty()
        ? List.of(unusable.safeMessage())
        : defects.stream().map(Defect::message).toList();
  }
}
