package dev.headway.core.engine;

import static dev.headway.core.engine.Workshop.LEASE;
import static dev.headway.core.engine.Workshop.spec;
import static dev.headway.core.engine.Workshop.waiting;
import static dev.headway.core.engine.Workshop.withPriority;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.fixture.Together;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobStatus;
import dev.headway.core.port.JobStore.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClaimTest {
  private final Workshop workshop = new Workshop();
  private final Jobs jobs = workshop.jobs;

  @Test
  void claim_nothingWaits_isEmpty() {
    assertThat(claimed()).isEmpty();
  }

  @Test
  void claim_severalWait_takesTheMostUrgentAndThenTheOldest() {
    var low = workshop.submitted(withPriority(-5));
    workshop.clock.advanceSeconds(1);
    var first = workshop.submitted(spec());
    workshop.clock.advanceSeconds(1);
    var second = workshop.submitted(spec());
    workshop.clock.advanceSeconds(1);
    var urgent = workshop.submitted(withPriority(5));

    assertThat(List.of(id(), id(), id(), id())).containsExactly(urgent, first, second, low);
    assertThat(claimed()).isEmpty();
  }

  @Test
  void claim_otherQueueTypeOrPlace_isNotTaken() {
    workshop.submitted(spec());

    assertThat(claimed(new Waiting("press", Set.of("bake"), false, false))).isEmpty();
    assertThat(claimed(new Waiting("default", Set.of("brew"), false, false))).isEmpty();
    assertThat(claimed(new Waiting("default", Set.of("bake"), true, false))).isEmpty();
    assertThat(claimed(new Waiting("default", Set.of("bake"), false, true))).isEmpty();
    assertThat(claimed(new Waiting("default", Set.of(), false, false))).isPresent();
  }

  @Test
  void claim_waitingJob_startsItUnderALeaseOfItsOwn() {
    var id = workshop.submitted(spec());

    var job = claimed().orElseThrow();

    assertThat(job.id()).isEqualTo(id);
    assertThat(job.status()).isEqualTo(JobStatus.IN_PROGRESS);
    assertThat(Workshop.lease(job).worker()).isEqualTo("w");
    assertThat(workshop.types(id)).containsExactly("queued", "started");
    assertThat(workshop.store.find(id)).contains(job);
  }

  @Test
  void claim_fromManyThreads_givesEachJobToExactlyOne() {
    var all = new ArrayList<UUID>();
    for (var at = 0; at < 400; at++) {
      all.add(workshop.submitted(spec()));
    }
    try (var threads = new Together(8)) {
      var claims = threads.run(this::claimAll).stream().flatMap(List::stream).toList();

      assertThat(claims).extracting(Job::id).containsExactlyInAnyOrderElementsOf(all);
      assertThat(claims).extracting(Workshop::fence).doesNotHaveDuplicates();
    }
    assertThat(all).allMatch(id -> workshop.types(id).equals(List.of("queued", "started")));
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
      workshop.submitted(spec());
    }
    workshop.store.afterWaiting =
        found -> {
          workshop.store.afterWaiting = _ -> {};
          found.forEach(job ->
              jobs.apply(job.id(), new Command.Claim("other", workshop.ids.secret(), LEASE)));
        };

    assertThat(claimed()).isPresent();
    assertThat(claimed()).isEmpty();
  }

  @Test
  void claim_jobDeletedSinceItWasFound_isPassedOver() {
    var gone = workshop.submitted(spec());
    workshop.clock.advanceSeconds(1);
    var next = workshop.submitted(spec());
    workshop.store.afterWaiting =
        _ -> {
          workshop.store.afterWaiting = _ -> {};
          jobs.apply(gone, new Command.RequestCancel(false));
          jobs.delete(gone);
        };

    assertThat(id()).isEqualTo(next);
  }

  @Test
  void claim_racingWithCancel_hasOneOutcome() {
    try (var threads = new Together(2)) {
      for (var round = 0; round < 2_000; round++) {
        var id = workshop.submitted(spec());

        threads.<Object>run(
            List.of(this::claimed, () -> jobs.decide(id, new Command.RequestCancel(false))));

        assertThat(workshop.types(id))
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
