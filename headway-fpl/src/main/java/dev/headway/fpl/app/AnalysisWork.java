package dev.headway.fpl.app;

import dev.headway.core.engine.JobContext;
import dev.headway.core.engine.JobHandler;
import dev.headway.core.engine.JobStoppedException;
import dev.headway.core.engine.JobType;
import dev.headway.core.engine.Jobs;
import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Json;
import dev.headway.core.job.Plan;
import dev.headway.fpl.advice.Analysis;
import dev.headway.fpl.advice.AnalysisBody;
import dev.headway.fpl.advice.AnalysisListener;
import dev.headway.fpl.advice.AnalysisRequest;
import dev.headway.fpl.advice.Phase;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.data.StoredSource;
import dev.headway.fpl.store.AnalysisStore;
import dev.headway.server.json.JsonCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The job of an analysis: collects, decides, keeps. The same question about the same season is
 * worked out once in five minutes; asked again, it gets the same answer.
 *
 * @param store has what was asked for and what was answered
 * @param analysis works it out
 * @param jobs takes the test of the advice
 * @param clock says how old an answer is
 */
record AnalysisWork(AnalysisStore store, Analysis analysis, Jobs jobs, InstantSource clock)
    implements JobHandler {
  /** The type of its jobs. */
  static final String JOB_TYPE = "fpl-analysis";

  /** How often a job may be started when its server dies. */
  static final int MAX_ATTEMPTS = 3;

  /** The phases, each from its percentage to the next one's. */
  static final Plan PLAN = new Plan(0, steps());

  /** The member of an answer that names the test of its advice. */
  private static final String TEST = "robustness";

  private static final Duration ANSWERS_LAST = Duration.ofMinutes(5);

  private static List<Plan.Step> steps() {
    var phases = Phase.values();
    var steps = new ArrayList<Plan.Step>();
    for (var at = 0; at + 1 < phases.length; at++) {
      var share = phases[at + 1].percent() - phases[at].percent();
      steps.add(new Plan.Step(phases[at].key(), share));
    }
    return steps;
  }

  JobType type() {
    return new JobType(JOB_TYPE, PLAN, MAX_ATTEMPTS, this);
  }

  @Override
  public Json run(JobContext context) throws InterruptedException {
    try {
      return answered(context);
    } catch (HeadwayException failure) {
      if (context.stopRequested()) {
        throw new JobStoppedException();
      }
      throw withAllDefects(failure);
    }
  }

  private Json answered(JobContext context) throws InterruptedException {
    var listener = new AnalysisProgress(context);
    listener.phase(Phase.INITIALIZING, "Starting the analysis");
    var id = context.job().id();
    store.link(id);
    listener.phase(Phase.LOADING_CONFIG, "Reading the request");
    var json = store.request(id).orElseThrow(() -> HeadwayException.notFound("Analysis"));
    var body = JsonCodec.read(json, AnalysisBody.class);
    var request = body.request(List.of());
    var season = collected(context, request, listener);
    var fingerprint = fingerprint(request, season);
    var known = store.answer(fingerprint, clock.instant().minus(ANSWERS_LAST));
    if (known.isPresent()) {
      listener.phase(Phase.FORMATTING_RESULTS, "The same was asked a moment ago");
      return tested(context, body, JsonCodec.tree(known.get()));
    }
    var decision = analysis.decide(request, season, listener).json();
    store.offer(id, fingerprint);
    return tested(context, body, decision);
  }

  /* The test belongs to whoever asked, so an answer that was found before gets one of its own. */
  private Json tested(JobContext context, AnalysisBody body, JsonNode decision) {
    var answer = (ObjectNode) decision;
    answer.remove(TEST);
    int trials = Objects.requireNonNullElse(body.trials(), 0);
    if (trials > 0) {
      var test =
          RobustnessWork.submit(jobs, context.job(), trials, RobustnessWork.advised(decision));
      answer.putObject(TEST).put("job_id", test.toString()).put("trials", trials);
    }
    return JsonCodec.json(answer);
  }

  /* Whoever waits for a document does not ask whether he shall stop, so he is interrupted. */
  private SeasonSnapshot collected(
      JobContext context, AnalysisRequest request, AnalysisListener listener)
      throws InterruptedException {
    var worker = Thread.currentThread();
    var collecting = new AtomicBoolean(true);
    context.onStop(() -> {
      if (collecting.get()) {
        worker.interrupt();
      }
    });
    try {
      return analysis.collect(request, listener);
    } finally {
      collecting.set(false);
    }
  }

  /* What an answer depends on: everything that was asked, and everything that is known. */
  private static String fingerprint(AnalysisRequest request, SeasonSnapshot season) {
    return StoredSource.sha256(JsonCodec.bytes(List.of(request, season.checksum())));
  }

  /* A job's error has one text for details; here it names every defect. */
  private static HeadwayException withAllDefects(HeadwayException failure) {
    if (failure.defects().size() < 2) {
      return failure;
    }
    var all = failure.defects().stream().map(AnalysisWork::line).collect(Collectors.joining("\n"));
    return new HeadwayException(failure.code(), failure.safeMessage(), List.of(Defect.of(all)));
  }

  private static String line(Defect defect) {
    var row = defect.row();
    var field = defect.field();
    if (row != null) {
      return "row %d, %s: %s".formatted(row, defect.column(), defect.message());
    }
    return field == null ? defect.message() : field + ": " + defect.message();
  }
}
