package dev.headway.testkit.contract;

import static dev.headway.testkit.contract.SampleJobs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.job.JobSpec;
import dev.headway.core.port.Announcements.Announcement;
import dev.headway.core.port.Announcements.Occasion;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.NotificationStore;
import dev.headway.core.port.NotificationStore.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything that a {@link NotificationStore} must do. Extend it and hand out empty stores. */
public abstract class NotificationStoreContract {
  private static final String URL = "https://example.org/told";
  private static final Set<Occasion> ALL = EnumSet.allOf(Occasion.class);

  private NotificationStore store;
  private SampleJobs jobs;
  private long ada;
  private long bob;

  /** An empty store of jobs. */
  protected abstract JobStore emptyJobs();

  /** A store without rules over the jobs that were handed out last. */
  protected abstract NotificationStore emptyStore();

  /** A user whom rules may belong to. */
  protected abstract long user(String email);

  @BeforeEach
  void begin() {
    jobs = new SampleJobs(emptyJobs());
    store = emptyStore();
    ada = user("ada@example.org");
    bob = user("bob@example.org");
  }

  private Instant now() {
    return jobs.clock().instant();
  }

  private Rule rule(long owner, Set<Occasion> occasions, @Nullable UUID job, @Nullable String tag) {
    var rule = new Rule(UUID.randomUUID(), owner, URL, occasions, job, tag, null, now());
    assertThat(store.add(rule, 10)).isTrue();
    return rule;
  }

  private static JobSpec tagged(JobSpec spec, String tag) {
    return spec.with(draft -> draft.tags(List.of(tag)));
  }

  private List<UUID> told() {
    store.noteEnds(Instant.EPOCH, now());
    return store.callbacksDue(now(), 100, Set.of()).stream().map(Announcement::job).toList();
  }

  @Test
  void rules_areTheOwnersOldestFirstWithAllThatTheySay() {
    var job = jobs.waiting(spec("noop", ada));
    var first =
        new Rule(
            UUID.randomUUID(),
            ada,
            URL,
            Set.of(Occasion.STALLED, Occasion.FAILED),
            job.id(),
            "night",
            Duration.ofMinutes(10),
            now());
    store.add(first, 10);
    jobs.clock().advance(Duration.ofSeconds(1));
    var second = rule(ada, Set.of(Occasion.COMPLETED), null, null);
    rule(bob, ALL, null, null);

    assertThat(store.rules(ada)).containsExactly(first, second);
    assertThat(store.stallRules()).hasSize(2).contains(first).doesNotContain(second);
  }

  @Test
  void add_asManyAsAUserMayHave_isRefused() {
    rule(ada, ALL, null, null);
    var more = new Rule(UUID.randomUUID(), ada, URL, ALL, null, null, null, now());

    assertThat(store.add(more, 1)).isFalse();
    assertThat(store.rules(ada)).hasSize(1);
  }

  @Test
  void remove_onlyByItsOwner_withWhatItWasToTell() {
    var rule = rule(ada, ALL, null, null);
    jobs.completed(spec("noop", ada));
    assertThat(told()).hasSize(1);

    assertThat(store.remove(bob, rule.id())).isFalse();
    assertThat(store.rules(ada)).hasSize(1);
    assertThat(store.callbacksDue(now(), 100, Set.of())).hasSize(1);
    assertThat(store.remove(ada, rule.id())).isTrue();
    assertThat(store.remove(ada, rule.id())).isFalse();
    assertThat(told()).isEmpty();
  }

  @Test
  void noteEnds_jobsOfTheOwnerAlone_eachOnce() {
    rule(ada, ALL, null, null);
    jobs.completed(spec("noop", bob));
    jobs.completed(spec("noop", null));
    jobs.waiting(spec("noop", ada));
    var ended = jobs.completed(spec("noop", ada));

    assertThat(told()).containsExactly(ended.id());
    var due = store.callbacksDue(now(), 10, Set.of()).getFirst();
    assertThat(due.url()).isEqualTo(URL);
    assertThat(due.occasion()).isEqualTo(Occasion.COMPLETED);
    assertThat(store.claimCallback(due, now(), now().plusSeconds(30))).isTrue();
    store.callbackTried(due, null);
    assertThat(told()).as("noted before").isEmpty();
  }

  @Test
  void noteEnds_byJobAndByTag_thoseAlone() {
    var wanted = jobs.running(spec("noop", ada), "worker");
    var other = jobs.running(spec("noop", ada), "worker");
    rule(ada, ALL, wanted.id(), null);
    rule(ada, ALL, null, "night");
    var tagged = jobs.completed(tagged(spec("noop", ada), "night"));
    jobs.completed(tagged(spec("noop", ada), "nightly"));
    jobs.completed(wanted);
    jobs.completed(other);

    assertThat(told()).containsExactlyInAnyOrder(wanted.id(), tagged.id());
  }

  @Test
  void noteEnds_occasionThatIsNotToldOrBeforeTheRule_isPassedOver() {
    jobs.completed(spec("noop", ada));
    jobs.clock().advance(Duration.ofSeconds(1));
    rule(ada, Set.of(Occasion.FAILED), null, null);
    jobs.completed(spec("noop", ada));
    assertThat(told()).isEmpty();

    jobs.clock().advance(Duration.ofSeconds(1));
    rule(ada, Set.of(Occasion.COMPLETED), null, null);
    jobs.clock().advance(Duration.ofSeconds(1));
    jobs.completed(spec("noop", ada));
    store.noteEnds(now().plusSeconds(1), now());
    assertThat(store.callbacksDue(now(), 10, Set.of())).as("ended before the moment").isEmpty();
    assertThat(told()).hasSize(1);
  }

  @Test
  void noteStall_ofOneAttempt_isDueOnce() {
    var rule = rule(ada, ALL, null, null);
    var job = jobs.running(spec("noop", ada), "worker");
    store.noteStall(rule, job, now());
    store.noteStall(rule, job, now());

    var due = store.callbacksDue(now(), 10, Set.of());
    assertThat(due).extracting(Announcement::occasion).containsExactly(Occasion.STALLED);
    assertThat(due).extracting(Announcement::job).containsExactly(job.id());
  }

  @Test
  void claimCallback_byManyNodesAtOnce_isOnesAndIsDueAgain() {
    rule(ada, ALL, null, null);
    jobs.completed(spec("noop", ada));
    assertThat(told()).hasSize(1);
    var due = store.callbacksDue(now(), 10, Set.of()).getFirst();
    var until = now().plusSeconds(30);

    var claimed =
        AtOnce.all(Collections.nCopies(8, due), one -> store.claimCallback(one, now(), until));

    assertThat(claimed).containsOnlyOnce(true);
    assertThat(store.callbacksDue(now(), 10, Set.of())).isEmpty();
    assertThat(store.callbacksDue(until, 10, Set.of()))
        .extracting(Announcement::attempts)
        .containsExactly(1);
    assertThat(store.callbacksDue(until, 10, Set.of("https://example.org"))).isEmpty();
  }
}
