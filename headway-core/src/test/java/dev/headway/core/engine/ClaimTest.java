package dev.headway.core.engine;

import static dev.headway.core.engine.EngineFixture.LEASE;
import static dev.headway.core.engine.EngineFixture.spec;
import static dev.headway.core.engine.EngineFixture.waiting;
import static dev.headway.core.engine.EngineFixture.withPriority;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Visibility;
import dev.headway.core.fixture.Together;
import dev.headway.core.job.Command;
import dev.headway.core.job.ConcurrencyKey;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Decision.Refusal;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.QueuePlace;
import dev.headway.core.job.QueueRule;
import dev.headway.core.job.StartRate;
import dev.headway.core.port.JobStore.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClaimTest {
  private final EngineFixture engine = new EngineFixture();
  private final Jobs jobs = engine.jobs;

  @Test
  void claim_nothingWaits_isEmpty() {
    assertThat(claimed()).isEmpty();
  }

  @Test
  void claim_severalWait_takesTheMostUrgentAndThenTheOldest() {
    var low = engine.submitted(withPriority(-5));
    engine.clock.advanceSeconds(1);
    var first = engine.submitted(spec());
    engine.clock.advanceSeconds(1);
    var second = engine.submitted(spec());
    engine.clock.advanceSeconds(1);
    var urgent = engine.submitted(withPriority(5));

    assertThat(List.of(id(), id(), id(), id())).containsExactly(urgent, first, second, low);
    assertThat(claimed()).isEmpty();
  }

  @Test
  void claim_otherQueueTypeOrPlace_isNotTaken() {
    engine.submitted(spec());

    assertThat(claimed(new Waiting("press", Set.of("bake"), false, null))).isEmpty();
    assertThat(claimed(new Waiting("default", Set.of("brew"), false, null))).isEmpty();
    assertThat(claimed(new Waiting("default", Set.of("bake"), true, null))).isEmpty();
    assertThat(claimed(new Waiting("default", Set.of("bake"), false, new Visibility(null, true))))
        .isEmpty();
    assertThat(claimed(new Waiting("default", Set.of(), false, null))).isPresent();
  }

  @Test
  void claim_waitingJob_startsItUnderALeaseOfItsOwn() {
    var id = engine.submitted(spec());

    var job = claimed().orElseThrow();

    assertThat(job.id()).isEqualTo(id);
    assertThat(job.status()).isEqualTo(JobStatus.IN_PROGRESS);
    assertThat(EngineFixture.lease(job).worker()).isEqualTo("w");
    assertThat(engine.types(id)).containsExactly("queued", "started");
    assertThat(engine.store.find(id)).contains(job);
  }

  @Test
  void claim_fromManyThreads_givesEachJobToExactlyOne() {
    var all = new ArrayList<UUID>();
    for (var at = 0; at < 400; at++) {
      all.add(engine.submitted(spec()));
    }
    try (var threads = new Together(8)) {
      var claims = threads.run(this::claimAll).stream().flatMap(List::stream).toList();

      assertThat(claims).extracting(Job::id).containsExactlyInAnyOrderElementsOf(all);
      assertThat(claims).extracting(EngineFixture::fence).doesNotHaveDuplicates();
    }
    assertThat(all).allMatch(id -> engine.types(id).equals(List.of("queued", "started")));
  }

  /** Stops only when told that nothing waits: nobody may be told so while something does. */
  private List<Job> claimAll() {
    var mine = new ArrayList<Job>();
    for (var job = claimed(); job.isPresent(); job = claimed()) {
      mine.add(job.get());
    }
    return mine;
  }

  @Test
  void claim_othersTookAllThatWasFound_looksAgainBeforeItSaysThatNothingWaits() {
    for (var at = 0; at < 17; at++) {
      engine.submitted(spec());
    }
    engine.store.afterWaiting =
        found -> {
          engine.store.afterWaiting = _ -> {};
          found.forEach(
              id -> jobs.apply(id, new Command.Claim("other", engine.ids.secret(), LEASE)));
        };

    assertThat(claimed()).isPresent();
    assertThat(claimed()).isEmpty();
  }

  @Test
  void claim_jobDeletedSinceItWasFound_isPassedOver() {
    var gone = engine.submitted(spec());
    engine.clock.advanceSeconds(1);
    var next = engine.submitted(spec());
    engine.store.afterWaiting =
        _ -> {
          engine.store.afterWaiting = _ -> {};
          jobs.apply(gone, new Command.RequestCancel(false));
          jobs.delete(gone);
        };

    assertThat(id()).isEqualTo(next);
  }

  private static JobSpec keyed(int limit) {
    return spec().with(draft -> draft.key(new ConcurrencyKey("oven", limit)));
  }

  @Test
  void claim_keyIsFull_isHeldBackAndSignalledWhenAnEndFreesIt() {
    var first = engine.running(keyed(1));
    var second = engine.submitted(keyed(1));
    var claim = new Command.Claim("w", engine.ids.secret(), LEASE);

    assertThat(jobs.decide(second, claim)).isEqualTo(new Decision.Refused(Refusal.HELD_BACK));
    assertThat(claimed()).isEmpty();
    var signals = jobs.queueSignal().count();
    engine.complete(first);

    assertThat(jobs.queueSignal().count()).isGreaterThan(signals);
    assertThat(id()).isEqualTo(second);
  }

  @Test
  void claim_afterAKill_keyIsStillHeldByWhatRuns() {
    engine.running(keyed(1));
    engine.submitted(keyed(1));

    assertThat(engine.restarted().claim(waiting(), "w", LEASE)).isEmpty();
  }

  @Test
  void claim_pausedQueue_givesNothingUntilTheRuleIsGone() {
    var id = engine.submitted(spec());
    jobs.queues().setRule("default", new QueueRule(true, null));

    assertThat(claimed()).isEmpty();
    var signals = jobs.queueSignal().count();
    jobs.queues().setRule("default", QueueRule.NONE);

    assertThat(jobs.queueSignal().count()).isGreaterThan(signals);
    assertThat(id()).isEqualTo(id);
  }

  @Test
  void await_queueWithARate_waitsNoLongerThanUntilTheNextStart() throws Exception {
    engine.submitted(spec());
    engine.submitted(spec());
    jobs.queues().setRule("default", new QueueRule(false, new StartRate(1, Duration.ofMillis(1))));
    assertThat(claimed()).isPresent();
    assertThat(claimed()).isEmpty();
    var seen = jobs.queueSignal().count();

    var left = jobs.queues().await(waiting(), seen, Duration.ofHours(1));

    assertThat(left).isBetween(Duration.ofMinutes(50), Duration.ofHours(1).minusMillis(1));
    engine.clock.advanceSeconds(1);
    assertThat(claimed()).isPresent();
  }

  @Test
  void place_ofAWaitingJob_isInItsState() {
    engine.submitted(spec());
    var id = engine.submitted(spec());

    var place = jobs.read(id).orElseThrow().job().place();

    assertThat(place).isNotNull();
    assertThat(place.position()).isEqualTo(2);
    assertThat(claimed()).isPresent();
    engine.clock.advanceSeconds(2);
    assertThat(jobs.read(id).orElseThrow().job().place())
        .extracting(QueuePlace::position)
        .isEqualTo(1);
    assertThat(claimed().orElseThrow().place()).isNull();
  }

  @Test
  void claim_racingWithCancel_hasOneOutcome() {
    try (var threads = new Together(2)) {
      for (var round = 0; round < 2_000; round++) {
        var id = engine.submitted(spec());

        threads.<Object>run(
            List.of(this::claimed, () -> jobs.decide(id, new Command.RequestCancel(false))));

        assertThat(engine.types(id))
            .isIn(List.of("queued", "cancelled"), List.of("queued", "started", "cancel_requested"));
        jobs.decide(id, new Command.LoseLease(true));
      }
    }
  }

  private UUID id() {
    return claimed().orElseThrow().id();
  }

  private Optional<Job> claimed() {
    return claimed(waiting());
  }

  private Optional<Job> claimed(Waiting query) {
    return jobs.claim(query, "w", LEASE);
  }
}
