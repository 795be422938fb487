package dev.headway.fpl.app;

import dev.headway.core.engine.JobContext;
import dev.headway.core.engine.JobHandler;
import dev.headway.core.engine.JobStoppedException;
import dev.headway.core.engine.JobType;
import dev.headway.core.engine.Jobs;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Json;
import dev.headway.core.job.Plan;
import dev.headway.core.job.ProgressReport;
import dev.headway.fpl.advice.Analysis;
import dev.headway.fpl.advice.AnalysisBody;
import dev.headway.fpl.advice.AnalysisListener;
import dev.headway.fpl.advice.DecisionOutput.PrimaryDecision;
import dev.headway.fpl.plan.PlanListener;
import dev.headway.fpl.plan.PlanProgress;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanResult;
import dev.headway.fpl.plan.PlanSolver;
import dev.headway.fpl.robust.Advice;
import dev.headway.fpl.robust.Advice.ChipPlay;
import dev.headway.fpl.robust.FirstWeek;
import dev.headway.fpl.robust.Perturbation;
import dev.headway.fpl.robust.Robustness;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.store.AnalysisStore;
import dev.headway.server.json.JsonCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * The job that tests an analysis' advice in the background: the plan is searched again for other
 * projections, each time as a child job with a bar of its own, and the shares of the answers are
 * told after each. This job works off its children itself, so they need no worker and take no place
 * that an analysis waits for.
 *
 * @param jobs has the children
 * @param store has what was asked
 * @param analysis makes the question
 * @param solver searches the plans
 */
record RobustnessWork(Jobs jobs, AnalysisStore store, Analysis analysis, PlanSolver solver)
    implements JobHandler {
  /** The type of its jobs. */
  static final String JOB_TYPE = "fpl-robustness";

  private static final String TRIAL_TYPE = "fpl-trial";

  /** A queue that no worker of the server's looks at. */
  private static final String QUEUE = "fpl-trials";

  private static final String WORKER = "fpl-robustness";
  private static final int MAX_ATTEMPTS = 2;

  /* Behind the analyses themselves. */
  private static final int PRIORITY = -50;

  private static final Duration LEASE = Duration.ofMinutes(30);

  /* A first plan takes about one second of processor time; the rest makes it better. */
  private static final Duration LIMIT = Duration.ofSeconds(3);

  /**
   * The payload of its jobs.
   *
   * @param analysisId whose advice is tested
   * @param trials how often
   * @param advised what the advice is
   */
  record Payload(UUID analysisId, int trials, Advice advised) {}

  /** The payload of a child. */
  private record Trial(UUID analysisId, int trial) {}

  /** The result of a child. */
  private record TrialResult(FirstWeek firstWeek, double objective) {}

  JobType type() {
    return new JobType(JOB_TYPE, Plan.NONE, MAX_ATTEMPTS, this);
  }

  /** Submits the test of an analysis that has been answered; returns its job's id. */
  static UUID submit(Jobs jobs, Job analysis, int trials, Advice advised) {
    var id = jobs.nextId();
    var payload = JsonCodec.json(new Payload(analysis.id(), trials, advised));
    var spec =
        JobSpec.of(JOB_TYPE, payload, analysis.spec().owner())
            .withMaxAttempts(MAX_ATTEMPTS)
            .with(draft -> draft.priority(PRIORITY));
    jobs.submit(id, spec, List.of());
    return id;
  }

  /** The advice of a decision. */
  static Advice advised(JsonNode decision) {
    var bought = new ArrayList<Integer>();
    var sold = new ArrayList<Integer>();
    for (var transfer : decision.path("transfer_recommendations")) {
      bought.add(transfer.path("player_in_id").asInt());
      sold.add(transfer.path("player_out_id").asInt());
    }
    if (decision.path("primary_decision").asString().equals(PrimaryDecision.SQUAD.name())) {
      for (var place : List.of("starters", "bench")) {
        decision
            .path("optimized_xi")
            .path(place)
            .forEach(player -> bought.add(player.path("player_id").asInt()));
      }
    }
    var chips = chips(decision.path("plan"));
    var now = chips.stream().filter(play -> play.week() == 0).findFirst();
    return new Advice(new FirstWeek(bought, sold, now.map(ChipPlay::chip).orElse(null)), chips);
  }

  private static List<ChipPlay> chips(JsonNode plan) {
    var chips = new ArrayList<ChipPlay>();
    for (int week = 0; week < plan.size(); week++) {
      int at = week;
      Chip.named(plan.path(week).path("chip").asString(""))
          .ifPresent(chip -> chips.add(new ChipPlay(chip, at)));
    }
    return chips;
  }

  @Override
  public Json run(JobContext context) throws InterruptedException {
    var payload = JsonCodec.read(context.payload(), Payload.class);
    var asked =
        store
            .request(payload.analysisId())
            .orElseThrow(() -> HeadwayException.notFound("Analysis"));
    var request = JsonCodec.read(asked, AnalysisBody.class).request(List.of());
    var question = analysis.question(request, analysis.collect(request, AnalysisListener.SILENT));
    var robustness = new Robustness(payload.advised().first(), question.names(), payload.trials());
    var children = submitted(context, payload);
    var held = payload.advised().heldTo(question.plan(), LIMIT);
    for (int trial = 0; trial < children.size(); trial++) {
      context.checkpoint();
      var perturbed = Perturbation.of(held, trial + 1L);
      worked(context, children.get(trial), perturbed)
          .ifPresent(plan -> robustness.add(plan.weeks().getFirst()));
      context.report(
          new ProgressReport(
              null, null, null, null, robustness.sentence(), JsonCodec.json(robustness.shares())));
    }
    return JsonCodec.json(robustness.shares());
  }

  private List<UUID> submitted(JobContext context, Payload payload) {
    var children = new ArrayList<UUID>();
    for (int trial = 1; trial <= payload.trials(); trial++) {
      var id = jobs.nextId();
      var name = "Trial %d of %d".formatted(trial, payload.trials());
      var spec =
          JobSpec.of(
                  TRIAL_TYPE,
                  JsonCodec.json(new Trial(payload.analysisId(), trial)),
                  context.job().spec().owner())
              .with(draft ->
                  draft
                      .queue(QUEUE)
                      .external(true)
                      .name(name)
                      .family(new JobSpec.Family(context.job().id(), 1)));
      jobs.submit(id, spec, List.of());
      children.add(id);
    }
    return children;
  }

  /* Empty where somebody has cancelled the child, or no plan was found in the time. */
  private Optional<PlanResult> worked(JobContext context, UUID child, PlanRequest question) {
    var fence = jobs.nextId().toString();
    if (!accepted(child, new Command.Claim(WORKER, fence, LEASE))) {
      return Optional.empty();
    }
    try {
      var plan = solver.solve(question, new Follower(context, jobs, child, fence));
      if (stopped(child) || plan.weeks().isEmpty()) {
        accepted(child, new Command.AcknowledgeCancel(fence, null));
        return Optional.empty();
      }
      var result = new TrialResult(FirstWeek.of(plan.weeks().getFirst()), plan.objective());
      accepted(child, new Command.Complete(fence, JsonCodec.json(result)));
      return Optional.of(plan);
    } catch (HeadwayException failure) {
      accepted(child, new Command.AcknowledgeCancel(fence, null));
      if (context.stopRequested()) {
        throw new JobStoppedException();
      }
      if (stopped(child)) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private boolean accepted(UUID child, Command command) {
    return jobs.decide(child, command) instanceof Decision.Accepted;
  }

  private boolean stopped(UUID child) {
    return jobs.find(child).filter(job -> job.cancel() == null).isEmpty();
  }

  /** Tells the progress of a search to its child job, and stops it with either job. */
  private record Follower(JobContext context, Jobs jobs, UUID child, String fence)
      implements PlanListener {
    @Override
    public void improved(PlanProgress progress) {
      double percent = 100 * progress.fraction();
      var message = "Best plan %.1f".formatted(progress.objective());
      jobs.report(child, fence, ProgressReport.of(percent, message));
    }

    @Override
    public boolean stopRequested() {
      return context.stopRequested()
          || jobs.find(child).filter(job -> job.cancel() == null).isEmpty();
    }
  }
}
