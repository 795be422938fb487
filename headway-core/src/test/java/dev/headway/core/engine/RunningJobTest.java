package dev.headway.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.HeadwayException;
import dev.headway.core.fixture.Together;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.Json;
import dev.headway.core.job.Plan;
import dev.headway.core.job.Plan.Step;
import dev.headway.core.job.Progress;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.topic.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Reports of a handler, and those of them that arrive. Reports are paced at 20 ms on a clock that
 * stands.
 */
class RunningJobTest {
  private static final Plan PLAN = Plan.of(new Step("load", 1), new Step("plan", 3));

  private final EngineFixture engine = new EngineFixture();
  private final Job job = engine.running();
  private final RunningJob running = context(PLAN);

  private RunningJob context(Plan plan) {
    return new RunningJob(
        job, EngineFixture.lease(job), plan, engine.jobs, engine.clock, Runnable::run);
  }

  @Test
  void progress_withinAStep_isItsShareOfTheBar() {
    running.step("load", "Loading");
    pace();
    running.progress(1, 2, "half loaded");
    pace();
    running.step("plan", "Planning");
    pace();
    running.fraction(0.5, "half planned");

    assertThat(messages()).containsExactly("Loading", "half loaded", "Planning", "half planned");
    assertThat(percents()).containsExactly(0.0, 12.5, 25.0, 62.5);
    assertThat(progress().step()).isEqualTo("plan");
    assertThat(progress().done()).as("fractions count nothing").isNull();
  }

  @Test
  void progress_withoutAPlan_isTheWholeBar() {
    var planless = context(Plan.NONE);
    planless.progress(3, 4, "three");

    assertThat(percents()).containsExactly(75.0);
    assertThatThrownBy(() -> planless.step("bake", "?"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void progress_inAStepThatThePlanDoesNotName_isTheWholeBar() {
    running.report(new ProgressReport(null, null, null, "sweep", "Sweeping", null));
    pace();
    running.progress(1, 2, "half swept");

    assertThat(progress().step()).isEqualTo("sweep");
    assertThat(percents()).containsExactly(0.0, 50.0);
  }

  @Test
  void progress_fasterThanItsPace_isCoalescedAndTheLastArrivesWithTheFlush() {
    for (var done = 0; done <= 1_000; done++) {
      running.progress(done, 1_000, "item " + done);
    }
    assertThat(messages()).containsExactly("item 0");

    running.flush();

    assertThat(messages()).containsExactly("item 0", "item 1000");
    assertThat(progress().done()).isEqualTo(1_000);
    running.flush();
    assertThat(messages()).as("nothing is sent twice").hasSize(2);
  }

  @Test
  void report_heldBackWithMetadata_losesNoneOfItToANewerOne() {
    running.progress(0, 10, "zero");
    running.report(new ProgressReport(null, null, null, null, null, new Json("{\"oven\":2}")));
    running.progress(5, 10, "five");
    running.flush();

    assertThat(progress().metadata()).isEqualTo(new Json("{\"oven\":2}"));
    assertThat(progress().message()).isEqualTo("five");
    assertThat(progress().done()).isEqualTo(5);
  }

  @Test
  void step_whileAReportIsHeldBack_arrivesAtOnceAndNothingOlderFollows() {
    running.step("load", "Loading");
    running.progress(1, 10, "one of ten");
    running.step("plan", "Planning");
    running.flush();

    assertThat(messages()).containsExactly("Loading", "Planning");
    assertThat(progress().done()).as("the counts of the step before are gone").isNull();
  }

  @Test
  void report_thatIsNone_isThrownAtItsMakerAlsoWhenItWouldBeHeldBack() {
    running.progress(0, 10, "zero");

    assertThatThrownBy(() -> running.report(ProgressReport.of(150, "too much")))
        .isInstanceOf(HeadwayException.class);
    assertThatThrownBy(() -> running.progress(11, 10, "too many"))
        .isInstanceOf(HeadwayException.class);
    assertThatThrownBy(() -> running.progress(0, 0, "of nothing"))
        .isInstanceOf(HeadwayException.class);

    running.flush();
    assertThat(messages()).containsExactly("zero");
  }

  @Test
  void flush_whileANewerReportComes_doesNotOvertakeIt() throws Exception {
    running.progress(0, 10, "zero");
    running.progress(1, 10, "one");
    engine.clock.advanceSeconds(61); // past runs are forgotten, and asked for again
    var newer = new Thread(() -> running.step("plan", "Planning"));
    engine.store.beforeDurations =
        () -> {
          engine.store.beforeDurations = () -> {};
          newer.start();
          while (newer.isAlive() && newer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
        };

    running.flush();
    newer.join();

    assertThat(messages()).containsExactly("zero", "one", "Planning");
  }

  @Test
  void report_fromManyThreads_endsWithTheHighestPercentAndNeverFalls() {
    try (var threads = new Together(4)) {
      threads.run(
          List.<Callable<Boolean>>of(this::reports, this::reports, this::flushes, this::flushes));
    }
    running.flush();

    assertThat(percents()).isSorted().endsWith(100.0);
  }

  private boolean reports() {
    for (var done = 0; done <= 500; done++) {
      pace();
      running.report(ProgressReport.of(done / 5.0, "item " + done));
    }
    return true;
  }

  private boolean flushes() {
    for (var at = 0; at < 500; at++) {
      running.flush();
    }
    return true;
  }

  @Test
  void report_afterTheLeaseWasLost_tellsTheWorkToStop() {
    engine.jobs.apply(job.id(), new Command.LoseLease(true));
    assertThat(running.stopRequested()).isFalse();

    running.progress(1, 10, "nobody listens");

    assertThat(running.stopRequested()).isTrue();
    assertThatThrownBy(running::checkpoint).isInstanceOf(JobStoppedException.class);
  }

  @Test
  void log_afterTheEnd_tellsTheWorkToStop() {
    engine.complete(job);

    running.log("nobody listens");

    assertThat(running.stopRequested()).isTrue();
  }

  @Test
  void stop_once_runsEachActionOnceAndKeepsItsFirstWord() {
    var ran = new ArrayList<String>();
    running.onStop(() -> ran.add("before"));
    assertThatCode(running::checkpoint).doesNotThrowAnyException();

    running.stop(true);
    running.stop(false);
    running.onStop(() -> ran.add("after"));

    assertThat(ran).containsExactly("before", "after");
    assertThat(running.keepPartial()).isTrue();
  }

  @Test
  void stop_afterTheHandlerReturned_runsNothing() {
    var ran = new AtomicBoolean();
    running.onStop(() -> ran.set(true));

    running.returned();
    running.stop(false);

    assertThat(ran).isFalse();
  }

  private void pace() {
    engine.clock.advance(Duration.ofMillis(20));
  }

  private List<Job> progressed() {
    return engine.events(job.id()).stream()
        .map(Event::body)
        .filter(JobEvent.Progressed.class::isInstance)
        .map(body -> ((JobEvent.Progressed) body).job())
        .toList();
  }

  private List<String> messages() {
    return progressed().stream().map(each -> each.progress().message()).toList();
  }

  private List<Double> percents() {
    return progressed().stream().map(each -> each.progress().percent()).toList();
  }

  private Progress progress() {
    return engine.now(job.id()).progress();
  }
}
