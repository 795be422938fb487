package dev.headway.core.job;

import static dev.headway.core.job.JobSamples.ERROR;
import static dev.headway.core.job.JobSamples.LEASE;
import static dev.headway.core.job.JobSamples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.job.Plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random walks through the lifecycle: what must hold whatever comes in whatever order. */
class LifecyclePropertyTest {
  private static final int STEPS = 400;

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void decide_anySequenceOfCommands_keepsThePromises(long seed) {
    var walk = new Walk(seed);
    for (var step = 0; step < STEPS; step++) {
      walk.step();
    }
    walk.end();
    assertThat(walk.events.stream().filter(JobEvent::ended)).hasSize(1);
    assertThat(walk.events.getLast().ended()).isTrue();
  }

  private static final class Walk {
    private final Random random;
    private final List<JobEvent> events = new ArrayList<>();
    private Job job;
    private Instant now = T0;

    Walk(long seed) {
      random = new Random(seed);
      var attempts = 1 + random.nextInt(4);
      job = random.nextBoolean() ? JobSamples.pending(attempts) : JobSamples.external(attempts);
    }

    void step() {
      now = now.plusMillis(random.nextInt(3_000));
      var command = command();
      switch (Lifecycle.decide(job, command, now)) {
        case Decision.Refused _ -> {}
        case Decision.Accepted accepted -> {
          check(command, accepted);
          job = accepted.next();
          events.addAll(accepted.events());
        }
      }
    }

    /** The two commands one of which ends a walk in any state. */
    void end() {
      for (var command : List.of(new Command.Reject(ERROR), new Command.RequestCancel(false))) {
        apply(command);
      }
      apply(new Command.GiveUpOnCancel(Duration.ZERO));
    }

    private void apply(Command command) {
      if (Lifecycle.decide(job, command, now) instanceof Decision.Accepted accepted) {
        job = accepted.next();
        events.addAll(accepted.events());
      }
    }

    private void check(Command command, Decision.Accepted accepted) {
      var next = accepted.next();
      if (job.ended()) {
        assertThat(accepted.next()).as("nothing follows the end").isSameAs(job);
        assertThat(accepted.events()).isEmpty();
      }
      assertThat(next.version()).isBetween(job.version(), job.version() + 1);
      if (command instanceof Command.Report) {
        assertThat(next.version()).as("progress is no transition").isEqualTo(job.version());
      }
      if (command instanceof Command.OfWorker worker) {
        var lease = job.lease();
        assertThat(worker.fence())
            .isEqualTo(lease == null ? job.pastLeases().last() : lease.token());
      }
      checkPercent(next);
    }

    private void checkPercent(Job next) {
      var before = percent(job);
      var after = percent(next);
      assertThat(after).isBetween(0.0, 100.0);
      if (next.attempt() == job.attempt()) {
        assertThat(after)
            .as("percent never falls within an attempt")
            .isGreaterThanOrEqualTo(before);
      } else {
        assertThat(next.attempt()).isEqualTo(job.attempt() + 1);
        assertThat(next.attempt() - next.pastLeases().lost())
            .isLessThanOrEqualTo(next.spec().maxAttempts());
        assertThat(next.pastLeases().lost())
            .isLessThanOrEqualTo(Math.max(next.spec().attempts().lost(), PastLeases.UNSEEN));
        assertThat(after).as("a new attempt begins anew").isZero();
      }
    }

    private static double percent(Job job) {
      var percent = job.progress().percent();
      assertThat(percent).isNotNull();
      return percent;
    }

    /** Ends are rare, so that walks are long. */
    private Command command() {
      return switch (random.nextInt(40)) {
        case 0 -> new Command.Complete(fence(), Json.EMPTY_OBJECT);
        case 1 -> new Command.Fail(fence(), ERROR, false);
        case 2, 3, 4 -> new Command.Fail(fence(), ERROR, true);
        case 5 -> new Command.AcknowledgeCancel(fence(), null);
        case 6 -> new Command.RequestCancel(random.nextBoolean());
        case 7 -> new Command.GiveUpOnCancel(Duration.ofSeconds(5));
        case 8 -> new Command.TimeOut();
        case 9 -> new Command.LoseLease(random.nextBoolean());
        case 10 -> new Command.Stall();
        case 11 -> new Command.RollUp(random.nextInt(101));
        case 12, 13, 14 -> new Command.Renew(fence());
        case 15, 16 -> new Command.MarkQueued();
        case 21 -> new Command.DeclareSteps(fence(), steps());
        case 17, 18, 19, 20 -> new Command.Claim("w", "f" + random.nextInt(1_000), LEASE);
        default -> new Command.Report(fence(), report(), null);
      };
    }

    private List<Step> steps() {
      return random.nextBoolean() ? JobSamples.STEPS : Step.equal(List.of("dig"));
    }

    private String fence() {
      var lease = job.lease();
      var present = lease == null ? job.pastLeases().last() : lease.token();
      return present == null || random.nextInt(5) == 0 ? "stale" : present;
    }

    private ProgressReport report() {
      return switch (random.nextInt(4)) {
        case 0 -> new ProgressReport(null, null, null, "plan", null, null);
        case 1 -> new ProgressReport(null, random.nextLong(11), 10L, null, "counted", null);
        case 2 -> new ProgressReport(null, null, null, null, null, new Json("{}"));
        default -> ProgressReport.of(random.nextDouble() * 100, "at random");
      };
    }
  }
}
