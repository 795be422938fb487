package dev.headway.spc.app;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.port.Page;
import dev.headway.server.http.Paging;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.spc.input.CorrectionDraft;
import dev.headway.spc.input.JsonSampleReader;
import dev.headway.spc.input.NewSample;
import dev.headway.spc.input.RefusedRow;
import dev.headway.spc.input.SampleRow;
import dev.headway.spc.json.AcceptedSampleJson;
import dev.headway.spc.json.SampleJson;
import dev.headway.spc.live.Intake;
import dev.headway.spc.live.JudgedSamples;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.live.SampleCorrections;
import dev.headway.spc.live.SampleCorrections.Correction;
import dev.headway.spc.live.SampleCorrections.SampleEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/samples}: what was measured. */
final class SampleRoutes {
  private static final Paging PAGING = new Paging("samples", "limit", 100);
  private static final int LARGEST_BATCH = 10_000;

  private final Intake intake;
  private final JsonSampleReader reader;
  private final SampleCorrections corrections;
  private final LiveCharts charts;
  private final JudgedSamples judgedSamples;
  private final ImportJobs imports;
  private final Authors authors;

  SampleRoutes(
      Intake intake,
      JsonSampleReader reader,
      SampleCorrections corrections,
      LiveCharts charts,
      JudgedSamples judgedSamples,
      ImportJobs imports,
      Authors authors) {
    this.authors = authors;
    this.intake = intake;
    this.reader = reader;
    this.corrections = corrections;
    this.charts = charts;
    this.judgedSamples = judgedSamples;
    this.imports = imports;
  }

  Routes routes() {
    return new Routes()
        .on("listSamples", this::list)
        .on("createSample", this::create)
        .on("createSamples", this::createBatch)
        .on("importSamples", imports::upload)
        .on("excludeSample", this::exclude)
        .on("correctSample", this::correct)
        .on("deleteSample", this::delete);
  }

  private Response list(Request request) {
    var id = Long.parseLong(request.query("characteristic_id").orElse("0"));
    var page = PAGING.asked(request);
    var found =
        charts
            .state(id)
            .map(state -> judgedSamples.list(state.setup(), ChartRoutes.range(request, id), page))
            .orElse(new Page<>(List.of(), 0));
    return PAGING.answer(found.map(SampleJson::of), page);
  }

  private Response create(Request request) {
    LongFunction<String> field = _ -> "";
    var rows = good(List.of(reader.read(1, request.json())), field);
    var stored = intake.all(rows, field).getFirst();
    return Response.json(stored.repeated() ? 200 : 201, AcceptedSampleJson.of(stored));
  }

  private Response createBatch(Request request) {
    var sent = batch(request.json());
    var rows = new ArrayList<SampleRow>(sent.size());
    for (var at = 0; at < sent.size(); at++) {
      rows.add(reader.read(at + 1, sent.get(at)));
    }
    var good = good(rows, SampleRoutes::place);
    return request.query("synchronous").map(Boolean::parseBoolean).orElse(false)
        ? takenNow(good)
        : imports.batch(request, sent);
  }

  private record StoredBatch(long imported, List<AcceptedSampleJson> samples) {}

  private Response takenNow(List<NewSample> rows) {
    var taken = intake.all(rows, SampleRoutes::place);
    var imported = taken.stream().filter(stored -> !stored.repeated()).count();
    return Response.json(
        201, new StoredBatch(imported, taken.stream().map(AcceptedSampleJson::of).toList()));
  }

  /** The path of a batch's sample in the request. */
  static String place(long line) {
    return "samples[%d].".formatted(line - 1);
  }

  private static JsonNode batch(JsonNode body) {
    var samples = body.isArray() ? body : body.path("samples");
    if (!samples.isArray() || samples.isEmpty() || samples.size() > LARGEST_BATCH) {
      throw HeadwayException.invalid(
          "samples",
          "%d samples; send an array of 1 to %d".formatted(samples.size(), LARGEST_BATCH));
    }
    return samples;
  }

  /** The rows, if nothing is wrong with any of them. */
  private static List<NewSample> good(List<SampleRow> rows, LongFunction<String> field) {
    var good = new ArrayList<NewSample>(rows.size());
    var defects = new ArrayList<Defect>();
    for (var row : rows) {
      switch (row) {
        case NewSample sample -> good.add(sample);
        case RefusedRow(var line, var found) ->
            found.forEach(defect ->
                defects.add(Defect.ofField(field.apply(line) + defect.field(), defect.message())));
      }
    }
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    return good;
  }

  /* Nothing said means that the sample is to be excluded. */
  private record Exclusion(@Nullable Boolean excluded, @Nullable String reason) {}

  private Response exclude(Request request) {
    var sent = request.json(Exclusion.class, new Exclusion(true, null));
    var reason = sent.reason() == null ? "" : sent.reason().strip();
    var edit = new SampleEdit.Exclusion(!Boolean.FALSE.equals(sent.excluded()));
    return changed(request, edit, () -> reason);
  }

  private Response correct(Request request) {
    var draft = request.json(CorrectionDraft.class);
    return changed(request, new SampleEdit.Contents(draft), draft::givenReason);
  }

  private record Deletion(@Nullable String reason) {}

  private Response delete(Request request) {
    var reason = request.json(Deletion.class, new Deletion(null)).reason();
    return changed(
        request,
        new SampleEdit.Deletion(),
        () -> {
          if (reason == null || reason.isBlank()) {
            throw HeadwayException.invalid("reason", "a reason is required");
          }
          return reason.strip();
        });
  }

  /** Makes a change for its reason, or previews it, which needs none. */
  private Response changed(Request request, SampleEdit edit, Supplier<String> reason) {
    var id = request.pathLong("id");
    if (StageRoutes.isPreview(request)) {
      var change = corrections.preview(new Correction(id, Authors.unsigned(request), ""), edit);
      return Response.ok(StageRoutes.preview(request, judgedSamples, change));
    }
    var why = reason.get();
    return corrections
        .change(new Correction(id, authors.of(request), why), edit)
        .map(judged -> Response.ok(SampleJson.of(judged)))
        .orElseGet(Response::noContent);
  }
}
