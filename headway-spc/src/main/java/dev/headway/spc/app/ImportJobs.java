package dev.headway.spc.app;

import dev.headway.core.engine.JobContext;
import dev.headway.core.engine.JobStoppedException;
import dev.headway.core.engine.JobType;
import dev.headway.core.engine.Jobs;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Json;
import dev.headway.core.job.Plan;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.json.JsonCodec;
import dev.headway.spc.input.FileMapping;
import dev.headway.spc.input.JsonSampleReader;
import dev.headway.spc.input.NewSample;
import dev.headway.spc.input.RefusedRow;
import dev.headway.spc.input.SampleCsv;
import dev.headway.spc.input.SampleRow;
import dev.headway.spc.live.Intake;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.store.ImportStore;
import dev.headway.spc.store.ImportStore.Format;
import dev.headway.spc.store.ImportStore.Import;
import dev.headway.spc.store.ImportStore.Step;
import dev.headway.spc.store.SourceStore;
import dev.headway.spc.store.SpcStore;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Samples that are taken in by a watched job: files and batches. What was sent is kept until the
 * job has ended, and how far it has come is stored with the samples: after a crash the job goes on
 * where it stopped, and no sample is stored twice.
 */
final class ImportJobs {
  private static final String JOB_TYPE = "import-samples";
  private static final String STEP = "samples";
  private static final int ATTEMPTS = 5;

  private final Jobs jobs;
  private final LiveCharts charts;
  private final Intake intake;
  private final JsonSampleReader reader;
  private final ImportStore store;
  private final SourceStore sources;

  ImportJobs(Jobs jobs, LiveCharts charts, Intake intake, JsonSampleReader reader, SpcStore store) {
    this.jobs = jobs;
    this.charts = charts;
    this.intake = intake;
    this.reader = reader;
    this.store = store.imports();
    this.sources = store.sources();
  }

  JobType jobType() {
    return new JobType(JOB_TYPE, Plan.of(new Plan.Step(STEP, 1)), ATTEMPTS, this::run);
  }

  /** Accepts a CSV file, as the body or as the part {@code file} of a form. */
  Response upload(Request request) {
    var source = request.query("source").map(Long::valueOf).map(this::source).orElse(null);
    var mapping = source == null ? FileMapping.STANDARD : source.mapping();
    mapping = mapping.withCharset(request.query("charset").orElse(null)).checked();
    mapping = UploadedText.isWorkbook(request) ? mapping.ofWorkbook() : mapping;
    var preset = source == null ? null : source.characteristicId();
    var characteristic = request.query("characteristic_id").map(Long::valueOf).orElse(preset);
    if (characteristic != null && charts.definition(characteristic) == null) {
      throw LiveCharts.notFound(characteristic);
    }
    try {
      var characters = mapping.characters();
      SampleCsv.open(UploadedText.of(request, characters), context(characteristic, mapping))
          .close();
      var text = UploadedText.of(request, characters);
      return submit(request, new Upload(Format.CSV, characteristic, mapping, text, null));
    } catch (IOException failed) {
      throw new UncheckedIOException("A file that was sent could not be read", failed);
    }
  }

  private SourceStore.FileSource source(long id) {
    return sources.find(id).orElseThrow(() -> HeadwayException.notFound("FileSource " + id));
  }

  private SampleCsv.FileContext context(@Nullable Long characteristic, FileMapping mapping) {
    return new SampleCsv.FileContext(charts::definition, characteristic, mapping);
  }

  /** Accepts a batch whose samples have been checked. */
  Response batch(Request request, JsonNode samples) {
    var text = new StringReader(samples.toString());
    try {
      return submit(
          request,
          new Upload(Format.JSON, null, FileMapping.STANDARD, text, (long) samples.size()));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * The upload to take in.
   *
   * @param samples how many there are; null for as many as the file has lines under its header
   */
  private record Upload(
      Format format,
      @Nullable Long characteristic,
      FileMapping mapping,
      Reader text,
      @Nullable Long samples) {
    Import of(UUID job) {
      return new Import(format, characteristic, mapping, Step.first(job));
    }
  }

  private record Payload(String format, long samples) {}

  private Response submit(Request request, Upload upload) throws IOException {
    var id = jobs.nextId();
    try {
      var lines = store.add(upload.of(id), upload.text());
      var samples = upload.samples() == null ? lines - 1 : upload.samples();
      var payload = new Payload(upload.format().name().toLowerCase(Locale.ROOT), samples);
      var spec =
          JobSpec.of(JOB_TYPE, JsonCodec.json(payload), request.principal().userId())
              .withMaxAttempts(ATTEMPTS);
      var submission = jobs.submit(id, spec, List.of(STEP));
      return accepted(id, submission.cursor().toString(), samples, request.caller().baseUrl());
    } catch (IOException | RuntimeException failure) {
      store.remove(id);
      throw failure;
    }
  }

  private record WatchAddresses(String websocket, String stream, String events) {}

  private record Accepted(
      UUID jobId, String status, long samples, String cursor, WatchAddresses watch) {}

  private static Response accepted(UUID id, String cursor, long samples, String base) {
    var watch =
        new WatchAddresses(
            base.replaceFirst("^http", "ws") + "/progress/ws/" + id,
            "job:" + id,
            base + "/api/v1/jobs/" + id + "/events");
    return Response.json(202, new Accepted(id, "queued", samples, cursor, watch))
        .with("Location", "/api/v1/jobs/" + id);
  }

  private Json run(JobContext context) throws IOException {
    var job = context.job().id();
    var source =
        store
            .find(job)
            .orElseThrow(() ->
                new HeadwayException(ErrorCode.INVALID_INPUT, "The file is gone; send it again"));
    try {
      var total = JsonCodec.tree(context.payload()).path("samples").asLong(0);
      var result = imported(context, source, total);
      store.remove(job);
      return result;
    } catch (JobStoppedException stopped) {
      if (jobs.find(job).filter(present -> present.cancelRequested()).isPresent()) {
        store.remove(job);
      }
      throw stopped;
    } catch (HeadwayException refused) {
      if (!refused.code().retryable()) {
        store.remove(job);
      }
      throw refused;
    }
  }

  private Json imported(JobContext context, Import source, long total) throws IOException {
    context.step(STEP, "Taking samples in");
    var run = new ImportAttempt(context, intake, source, total);
    return switch (source.format()) {
      case CSV -> {
        var file = store.read(source.step().job());
        try (var rows =
            SampleCsv.open(file, context(source.characteristicId(), source.mapping()))) {
          yield run.over(rows, rows.ignoredColumns());
        }
      }
      case JSON -> run.over(rows(source).iterator(), List.of());
    };
  }

  private List<SampleRow> rows(Import source) throws IOException {
    try (var text = store.read(source.step().job())) {
      var samples = JsonCodec.mapper().readTree(text);
      var rows = new ArrayList<SampleRow>(samples.size());
      for (var at = 0; at < samples.size(); at++) {
        rows.add(named(reader.read(at + 1, samples.get(at))));
      }
      return rows;
    }
  }

  private static SampleRow named(SampleRow row) {
    return switch (row) {
      case NewSample good -> good;
      case RefusedRow(var line, var defects) ->
          new RefusedRow(
              line,
              defects.stream()
                  .map(defect ->
                      Defect.ofField(SampleRoutes.place(line) + defect.field(), defect.message()))
                  .toList());
    };
  }

  /** Forgets files whose job has ended without having done so itself. */
  void sweep() {
    for (var job : store.jobs()) {
      if (jobs.find(job).filter(present -> !present.ended()).isEmpty()) {
        store.remove(job);
      }
    }
  }
}
