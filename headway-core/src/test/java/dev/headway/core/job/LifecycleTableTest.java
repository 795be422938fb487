package dev.headway.core.job;

import static dev.headway.core.job.JobSamples.ERROR;
import static dev.headway.core.job.JobSamples.FENCE;
import static dev.headway.core.job.JobSamples.LEASE;
import static dev.headway.core.job.JobSamples.T0;
import static dev.headway.core.job.JobSamples.after;
import static dev.headway.core.job.JobSamples.asked;
import static dev.headway.core.job.JobSamples.claimed;
import static dev.headway.core.job.JobSamples.pending;
import static dev.headway.core.job.JobSamples.queued;
import static dev.headway.core.job.JobSamples.running;
import static dev.headway.core.job.JobSamples.stalled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.job.Decision.Refusal;
import dev.headway.core.job.Plan.Step;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every state by every command. The table says which move or which refusal follows; {@link #MOVES}
 * says what each move means. A state, a command or a cell that is missing fails the test, and a new
 * {@link Command} does not compile until {@link #kind} knows it.
 */
class LifecycleTableTest {
  /*
   * Columns: "last" has no attempt left, "asked" was requested to stop, "stalled" has a silent
   * worker, "lost" is queued again since its lease was lost, of the worker of "unheard", which is
   * outside the server, there was no sign of life, and "plain" has no steps. Cells: one of MOVES, or the refusal with a minus.
   */
  private static final String TABLE =
      """
      .                 pending  queued   running  stalled  last     last_stalled asked         asked_stalled asked_last    completed failed cancelled lost     unheard plain
      mark_queued       queue    -waiting -waiting -waiting -waiting -waiting     -waiting      -waiting      -waiting      -ended    -ended -ended    -waiting -waiting -waiting
      claim             -waiting start    -waiting -waiting -waiting -waiting     -waiting      -waiting      -waiting      -ended    -ended -ended    start    -waiting -waiting
      report            -lease   -lease   progress progress progress progress     progress      progress      progress      -ended    -ended -ended    -lease   progress progress
      report_stale      -lease   -lease   -lease   -lease   -lease   -lease       -lease        -lease        -lease        -ended    -ended -ended    -lease   -lease  -lease
      declare           -lease   -lease   renew    back     renew    back         renew         back          renew         -ended    -ended -ended    -lease   renew     declare
      declare_others    -lease   -lease   -steps   -steps   -steps   -steps       -steps        -steps        -steps        -ended    -ended -ended    -lease   -steps    declare
      declare_stale     -lease   -lease   -lease   -lease   -lease   -lease       -lease        -lease        -lease        -ended    -ended -ended    -lease   -lease    -lease
      renew             -lease   -lease   renew    back     renew    back         renew         back          renew         -ended    -ended -ended    -lease   renew   renew
      renew_stale       -lease   -lease   -lease   -lease   -lease   -lease       -lease        -lease        -lease        -ended    -ended -ended    -lease   -lease  -lease
      complete          -lease   -lease   complete complete complete complete     late_complete late_complete late_complete done      -ended -ended    complete complete complete
      complete_stale    -lease   -lease   -lease   -lease   -lease   -lease       -lease        -lease        -lease        -ended    -ended -ended    -lease   -lease  -lease
      fail_retryable    -lease   -lease   again    again    fail     fail         late_fail     late_fail     late_fail     -ended    failed -ended    queued   fail    again
      fail_for_good     -lease   -lease   fail     fail     fail     fail         late_fail     late_fail     late_fail     -ended    failed -ended    fail     fail    fail
      fail_stale        -lease   -lease   -lease   -lease   -lease   -lease       -lease        -lease        -lease        -ended    -ended -ended    -lease   -lease  -lease
      acknowledge       -lease   -lease   -request -request -request -request     cancel        cancel        cancel        -ended    -ended -ended    -lease   -request -request
      acknowledge_stale -lease   -lease   -lease   -lease   -lease   -lease       -lease        -lease        -lease        -ended    -ended -ended    -lease   -lease  -lease
      reject            fail     fail     -waiting -waiting -waiting -waiting     -waiting      -waiting      -waiting      -ended    -ended -ended    fail     -waiting -waiting
      request_cancel    cancel   cancel   ask      ask      ask      ask          same          same          same          -ended    -ended -ended    cancel   ask     ask
      rearm             -due     -due     renew    renew    renew    renew        renew         renew         renew         -ended    -ended -ended    -due     renew   renew
      stall_early       -due     -due     -due     -due     -due     -due         -due          -due          -due          -ended    -ended -ended    -due     -due    -due
      stall             -due     -due     stall    -due     stall    -due         stall         -due          stall         -ended    -ended -ended    -due     stall   stall
      lose_lease_early  -due     -due     -due     -due     -due     -due         -due          -due          -due          -ended    -ended -ended    -due     -due    -due
      lose_lease        -due     -due     again    again    fail     fail         cancel        cancel        cancel        -ended    -ended -ended    -due     again   again
      orphan            -due     -due     again    again    fail     fail         cancel        cancel        cancel        -ended    -ended -ended    -due     again   again
      time_out_early    -due     -due     -due     -due     -due     -due         -due          -due          -due          -ended    -ended -ended    -due     -due    -due
      time_out          -due     -due     again    again    fail     fail         cancel        cancel        cancel        -ended    -ended -ended    -due     fail    again
      roll_up           -due     -due     progress progress progress progress     progress      progress      progress      -ended    -ended -ended    -due     progress progress
      give_up_early     -due     -due     -due     -due     -due     -due         -due          -due          -due          -ended    -ended -ended    -due     -due    -due
      give_up           -due     -due     -due     -due     -due     -due         cancel        cancel        cancel        -ended    -ended -ended    -due     -due    -due
      """;

  private static final Map<String, Refusal> REFUSALS =
      Map.of(
          "-ended", Refusal.ENDED,
          "-waiting", Refusal.NOT_WAITING,
          "-lease", Refusal.LEASE_LOST,
          "-request", Refusal.NOT_REQUESTED,
          "-due", Refusal.NOT_DUE,
          "-steps", Refusal.STEPS_DECLARED);

  /** The columns. */
  private static final Map<String, Job> STATES =
      Map.ofEntries(
          Map.entry("pending", pending(2)),
          Map.entry("queued", queued(2)),
          Map.entry("running", running(2)),
          Map.entry("stalled", stalled(running(2))),
          Map.entry("last", running(1)),
          Map.entry("last_stalled", stalled(running(1))),
          Map.entry("asked", asked(running(2))),
          Map.entry("asked_stalled", stalled(asked(running(2)))),
          Map.entry("asked_last", asked(running(1))),
          Map.entry(
              "completed", after(running(2), new Command.Complete(FENCE, Json.EMPTY_OBJECT), 5)),
          Map.entry("failed", after(running(2), new Command.Fail(FENCE, ERROR, false), 5)),
          Map.entry("cancelled", after(queued(2), new Command.RequestCancel(false), 5)),
          Map.entry("lost", after(running(2), new Command.LoseLease(true), 5)),
          Map.entry("unheard", claimed(JobSamples.external(1))),
          Map.entry("plain", claimed(JobSamples.plain(2))));

  /**
   * A row.
   *
   * @param command what is asked
   * @param seconds how long after the claim
   */
  private record Ask(Command command, long seconds) {}

  private static final Map<String, Ask> ASKS =
      Map.ofEntries(
          ask("mark_queued", new Command.MarkQueued(), 6),
          ask("claim", new Command.Claim("worker-2", "fence-2", LEASE), 6),
          ask("report", JobSamples.report(ProgressReport.of(50, "Rising")), 6),
          ask("report_stale", new Command.Report("old", ProgressReport.of(50, "Rising"), null), 6),
          ask("declare", new Command.DeclareSteps(FENCE, JobSamples.STEPS), 6),
          ask("declare_others", new Command.DeclareSteps(FENCE, Step.equal(List.of("dig"))), 6),
          ask("declare_stale", new Command.DeclareSteps("old", JobSamples.STEPS), 6),
          ask("renew", new Command.Renew(FENCE), 6),
          ask("renew_stale", new Command.Renew("old"), 6),
          ask("complete", new Command.Complete(FENCE, Json.EMPTY_OBJECT), 6),
          ask("complete_stale", new Command.Complete("old", Json.EMPTY_OBJECT), 6),
          ask("fail_retryable", new Command.Fail(FENCE, ERROR, true), 6),
          ask("fail_for_good", new Command.Fail(FENCE, ERROR, false), 6),
          ask("fail_stale", new Command.Fail("old", ERROR, true), 6),
          ask("acknowledge", new Command.AcknowledgeCancel(FENCE, null), 6),
          ask("acknowledge_stale", new Command.AcknowledgeCancel("old", null), 6),
          ask("reject", new Command.Reject(ERROR), 6),
          ask("request_cancel", new Command.RequestCancel(true), 6),
          ask("roll_up", new Command.RollUp(50), 6),
          ask("rearm", new Command.Rearm(), 6),
          ask("stall_early", new Command.Stall(), 4),
          ask("stall", new Command.Stall(), 5),
          ask("lose_lease_early", new Command.LoseLease(false), 9),
          ask("lose_lease", new Command.LoseLease(false), 10),
          ask("orphan", new Command.LoseLease(true), 6),
          ask("time_out_early", new Command.TimeOut(), 59),
          ask("time_out", new Command.TimeOut(), 60),
          ask("give_up_early", new Command.GiveUpOnCancel(Duration.ofSeconds(30)), 30),
          ask("give_up", new Command.GiveUpOnCancel(Duration.ofSeconds(30)), 31));

  private static Map.Entry<String, Ask> ask(String name, Command command, long seconds) {
    return Map.entry(name, new Ask(command, seconds));
  }

  /**
   * The effect of an accepted command.
   *
   * @param status the next state
   * @param versions by how much the version grows
   * @param attempts by how much the attempt grows
   * @param events the types of the events, in order
   */
  private record Move(JobStatus status, int versions, int attempts, List<String> events) {}

  private static final Map<String, Move> MOVES =
      Map.ofEntries(
          move("queue", JobStatus.QUEUED, 1, 0, "queued"),
          move("start", JobStatus.IN_PROGRESS, 1, 0, "started"),
          move("progress", JobStatus.IN_PROGRESS, 0, 0, "progress"),
          move("declare", JobStatus.IN_PROGRESS, 1, 0, "steps_declared"),
          move("renew", JobStatus.IN_PROGRESS, 0, 0),
          move("back", JobStatus.IN_PROGRESS, 0, 0, "progress"),
          move("stall", JobStatus.IN_PROGRESS, 1, 0, "stalled"),
          move("ask", JobStatus.IN_PROGRESS, 1, 0, "cancel_requested"),
          move("same", JobStatus.IN_PROGRESS, 0, 0),
          move("queued", JobStatus.QUEUED, 0, 0),
          move("done", JobStatus.COMPLETED, 0, 0),
          move("failed", JobStatus.FAILED, 0, 0),
          move("again", JobStatus.QUEUED, 1, 1, "attempt_failed"),
          move("complete", JobStatus.COMPLETED, 1, 0, "completed"),
          move("late_complete", JobStatus.COMPLETED, 1, 0, "cancel_too_late", "completed"),
          move("fail", JobStatus.FAILED, 1, 0, "failed"),
          move("late_fail", JobStatus.FAILED, 1, 0, "cancel_too_late", "failed"),
          move("cancel", JobStatus.CANCELLED, 1, 0, "cancelled"));

  private static Map.Entry<String, Move> move(
      String name, JobStatus status, int versions, int attempts, String... events) {
    return Map.entry(name, new Move(status, versions, attempts, List.of(events)));
  }

  record Cell(String state, String ask, String expected) {}

  static Stream<Cell> cells() {
    var lines = TABLE.lines().map(line -> line.split(" +")).toList();
    var states = lines.getFirst();
    return lines.stream()
        .skip(1)
        .flatMap(row ->
            Stream.iterate(1, at -> at < row.length, at -> at + 1)
                .map(at -> new Cell(states[at], row[0], row[at])));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void decide_anyStateByAnyCommand_isAsInTheTable(Cell cell) {
    var job = known(STATES, cell.state());
    var ask = known(ASKS, cell.ask());

    var decision = Lifecycle.decide(job, ask.command(), T0.plusSeconds(ask.seconds()));

    switch (decision) {
      case Decision.Refused(var reason) ->
          assertThat(reason).isEqualTo(known(REFUSALS, cell.expected()));
      case Decision.Accepted accepted -> {
        assertThat(cell.expected()).as("%s was accepted", accepted).doesNotStartWith("-");
        check(job, accepted, known(MOVES, cell.expected()));
      }
    }
  }

  private static <T> T known(Map<String, T> things, String name) {
    var thing = things.get(name);
    assertThat(thing).as("what the table calls %s", name).isNotNull();
    return thing;
  }

  private static void check(Job before, Decision.Accepted accepted, Move move) {
    var next = accepted.next();
    assertThat(next.status()).isEqualTo(move.status());
    assertThat(next.version() - before.version()).isEqualTo(move.versions());
    assertThat(next.attempt() - before.attempt()).isEqualTo(move.attempts());
    assertThat(accepted.milestone(before)).isEqualTo(move.versions() == 1);
    assertThat(accepted.events()).extracting(JobEvent::type).isEqualTo(move.events());
    checkEventsLeadTo(next, accepted.events());
    checkIsWhole(next);
  }

  private static void checkEventsLeadTo(Job next, List<JobEvent> events) {
    if (!events.isEmpty()) {
      assertThat(events.getLast().job()).isEqualTo(next);
      assertThat(events.getLast().ended()).isEqualTo(next.ended());
    }
    assertThat(events.stream().filter(JobEvent::ended).count())
        .isEqualTo(next.ended() && !events.isEmpty() ? 1 : 0);
  }

  /** Checks the invariants of a job in any state. */
  private static void checkIsWhole(Job job) {
    var runs = job.status() == JobStatus.IN_PROGRESS;
    assertThat(job.lease() != null).isEqualTo(runs);
    assertThat(job.cancelRequested()).isEqualTo(runs && job.cancel() != null);
    assertThat(job.outcome() != null).isEqualTo(job.ended());
    assertThat(job.times().completed() != null).isEqualTo(job.ended());
    if (!runs) {
      assertThat(job.times().stalledSince()).isNull();
    }
    if (job.status() == JobStatus.QUEUED) {
      assertThat(job.progress().percent()).isZero();
      assertThat(job.times().started()).isNull();
    }
  }

  @Test
  void table_rowsAndColumns_areAllCommandsInAllStates() {
    var cells = cells().map(cell -> cell.state() + " by " + cell.ask()).toList();

    assertThat(cells).doesNotHaveDuplicates().hasSize(STATES.size() * ASKS.size());
    assertThat(STATES.values()).extracting(Job::status).contains(JobStatus.values());
  }

  @Test
  void table_movesAndRefusals_allOccur() {
    var expected = cells().map(Cell::expected).collect(Collectors.toSet());

    assertThat(expected).containsAll(MOVES.keySet()).containsAll(REFUSALS.keySet());
    var decidedHere = EnumSet.complementOf(EnumSet.of(Refusal.HELD_BACK)); // by the store
    assertThat(REFUSALS.values()).containsExactlyInAnyOrderElementsOf(decidedHere);
  }

  @Test
  void table_commands_areEveryKindThereIs() {
    Set<Class<? extends Command>> asked = new HashSet<>();
    ASKS.values().forEach(ask -> asked.add(kind(ask.command())));
    assertThat(asked).isEqualTo(kinds(Command.class).collect(Collectors.toSet()));
  }

  /** Does not compile when a command is missing: then the table needs a row for it. */
  private static Class<? extends Command> kind(Command command) {
    return switch (command) {
      case Command.MarkQueued _ -> Command.MarkQueued.class;
      case Command.Claim _ -> Command.Claim.class;
      case Command.Report _ -> Command.Report.class;
      case Command.DeclareSteps _ -> Command.DeclareSteps.class;
      case Command.Renew _ -> Command.Renew.class;
      case Command.Complete _ -> Command.Complete.class;
      case Command.Fail _ -> Command.Fail.class;
      case Command.AcknowledgeCancel _ -> Command.AcknowledgeCancel.class;
      case Command.Reject _ -> Command.Reject.class;
      case Command.RequestCancel _ -> Command.RequestCancel.class;
      case Command.RollUp _ -> Command.RollUp.class;
      case Command.Rearm _ -> Command.Rearm.class;
      case Command.Stall _ -> Command.Stall.class;
      case Command.LoseLease _ -> Command.LoseLease.class;
      case Command.TimeOut _ -> Command.TimeOut.class;
      case Command.GiveUpOnCancel _ -> Command.GiveUpOnCancel.class;
    };
  }

  private static Stream<Class<? extends Command>> kinds(Class<? extends Command> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses())
            .flatMap(kind -> kinds(kind.asSubclass(Command.class)))
        : Stream.of(type);
  }
}
