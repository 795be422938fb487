package dev.headway.core.engine;

import static dev.headway.core.engine.Workshop.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.fixture.TestClock;
import dev.headway.core.fixture.Together;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Json;
import dev.headway.core.port.JobStore.Visibility;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Topic;
import dev.headway.core.topic.TopicName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedsTest {
  private static final Visibility SEVEN = new Visibility(7L, false);
  private static final Visibility EIGHT = new Visibility(8L, true);

  private final Workshop workshop = new Workshop();
  private final Jobs jobs = workshop.jobs;
  private final Feeds feeds = new Feeds(workshop.hub, workshop.store);

  @BeforeEach
  void listen() {
    jobs.listen(feeds);
  }

  @Test
  void open_feed_showsWhatItsUserMaySeeAndNothingElse() {
    var own = workshop.submitted(spec(7));
    var others = workshop.submitted(spec(8));
    var nobodys = workshop.submitted(JobSpec.of("bake", Json.EMPTY_OBJECT, null));

    assertThat(shown(feed("7", SEVEN))).containsExactly(own);
    assertThat(shown(feed("8", EIGHT))).containsExactlyInAnyOrder(others, nobodys);
    assertThat(shown(feed("1", null))).containsExactlyInAnyOrder(own, others, nobodys);
  }

  @Test
  void happened_liveFeeds_areToldOfWhatTheirUserMaySeeAndNothingElse() {
    var seven = feed("7", SEVEN);
    var eight = feed("8", EIGHT);
    var admin = feed("1", null);

    var own = workshop.submitted(spec(7));
    var nobodys = workshop.submitted(JobSpec.of("bake", Json.EMPTY_OBJECT, null));

    assertThat(events(seven)).containsExactly("queued " + own);
    assertThat(events(eight)).containsExactly("queued " + nobodys);
    assertThat(events(admin)).containsExactly("queued " + own, "queued " + nobodys);
  }

  @Test
  void happened_oneJob_isToldInOrderAndTheStateFollows() {
    var feed = feed("7", SEVEN);
    var job = workshop.running();
    workshop.report(job, 50);
    jobs.log(job.id(), "log", List.of("not for the feed"));
    workshop.complete(job);

    assertThat(events(feed))
        .containsExactly(
            "queued " + job.id(),
            "started " + job.id(),
            "progress " + job.id(),
            "completed " + job.id());
    assertThat(state(feed).jobs()).containsExactly(workshop.now(job.id()));
    assertThat(feed.state().ended()).as("a feed never ends").isFalse();
  }

  @Test
  void happened_progressOfSeveralJobs_neverReplacesOneAnother() {
    var feed = feed("7", SEVEN);
    var one = workshop.running();
    var two = workshop.running();
    workshop.report(one, 10);
    workshop.report(two, 20);

    assertThat(feed.after(0, 100))
        .extracting(event -> event.body().conflationKey())
        .containsExactly(null, null, null, null, one.id().toString(), two.id().toString());
    assertThat(feed.after(0, 100)).noneMatch(event -> event.body().last());
  }

  @Test
  void open_progressNotYetStored_isInTheState() {
    var job = workshop.running();
    workshop.report(job, 44);

    assertThat(state(feed("7", SEVEN)).jobs())
        .containsExactly(workshop.now(job.id()))
        .allMatch(shown -> Objects.equals(shown.progress().percent(), 44.0));
  }

  @Test
  void open_oldRunningJobBehindManyNewEndedOnes_isStillShownFirst() {
    var old = workshop.running();
    for (var at = 0; at < 150; at++) {
      workshop.clock.advanceSeconds(1);
      jobs.apply(workshop.submitted(spec(7)), new Command.RequestCancel(false));
    }

    var shown = shown(feed("7", SEVEN));

    assertThat(shown).hasSize(FeedState.SIZE).startsWith(old.id());
  }

  @Test
  void with_moreJobsThanFit_dropsTheOldestThatEnded() {
    var feed = feed("7", SEVEN);
    var running = workshop.running();
    var ended = new ArrayList<UUID>();
    for (var at = 0; at < 150; at++) {
      workshop.clock.advanceSeconds(1);
      var id = workshop.submitted(spec(7));
      jobs.apply(id, new Command.RequestCancel(false));
      ended.add(id);
    }

    assertThat(shown(feed)).hasSize(FeedState.SIZE).startsWith(running.id(), ended.getLast());
    assertThat(shown(feed)).doesNotContainAnyElementsOf(ended.subList(0, 51));
  }

  @Test
  void deleted_job_isShownNoLonger() {
    var feed = feed("7", SEVEN);
    var job = workshop.running();
    workshop.complete(job);

    jobs.delete(job.id());

    assertThat(shown(feed)).isEmpty();
  }

  @Test
  void open_userWhoseRoleChanged_seesNothingOfBefore() {
    var gone = new ArrayList<Boolean>();
    var asAdmin = feed("7", null);
    asAdmin.listen(
        new Topic.Listener() {
          @Override
          public void appended() {}

          @Override
          public void removed() {
            gone.add(true);
          }
        });
    workshop.submitted(spec(8));

    var asUser = feed("7", SEVEN);

    assertThat(gone).as("those who watch are told").hasSize(1);
    assertThat(shown(asUser)).isEmpty();
    workshop.submitted(spec(8));
    assertThat(events(asUser)).isEmpty();
    assertThat(feed("7", SEVEN)).as("opened as before, it is the same").isSameAs(asUser);
  }

  @Test
  void happened_feedThatWasLetGoOf_isOutOfTheWayAndComesBackWhole() {
    feed("7", SEVEN);
    workshop.clock.advance(Workshop.RETENTION.plusSeconds(1));
    workshop.hub.sweep();
    var id = workshop.submitted(spec(7));

    assertThat(workshop.hub.live(TopicName.ofUser("7"))).isEmpty();
    assertThat(shown(feed("7", SEVEN))).containsExactly(id);
    workshop.jobs.apply(id, new Command.RequestCancel(false));
    assertThat(events(feed("7", SEVEN))).containsExactly("cancelled " + id);
  }

  @Test
  void happened_feedNobodyWatches_isLetGoOfThoughItsJobsMove() {
    feed("7", SEVEN);
    workshop.clock.advance(Workshop.RETENTION);
    workshop.submitted(spec(7));
    workshop.clock.advanceSeconds(1);

    workshop.hub.sweep();

    assertThat(workshop.hub.live(TopicName.ofUser("7"))).isEmpty();
  }

  @Test
  void open_whileJobsMove_missesNothing() {
    try (var threads = new Together(3)) {
      for (var round = 0; round < 300; round++) {
        workshop.hub.remove(TopicName.ofUser("7"));
        var first = workshop.running();
        var second = workshop.running();
        threads.run(
            List.<Callable<Boolean>>of(
                () -> completes(first),
                () -> completes(second),
                () -> feed("7", SEVEN).head() >= 0));

        var byId = new HashMap<UUID, Job>();
        state(feed("7", SEVEN)).jobs().forEach(job -> byId.put(job.id(), job));
        assertThat(byId.get(first.id())).isEqualTo(workshop.now(first.id()));
        assertThat(byId.get(second.id())).isEqualTo(workshop.now(second.id()));
        assertThat(byId.values()).extracting(Job::status).contains(JobStatus.COMPLETED);
        workshop.clock.advanceSeconds(1);
      }
    }
  }

  private boolean completes(Job job) {
    workshop.report(job, 50);
    workshop.complete(job);
    return true;
  }

  private Topic feed(String user, @Nullable Visibility sees) {
    return feeds.open(TopicName.ofUser(user), sees);
  }

  private static FeedState state(Topic feed) {
    return (FeedState) feed.state();
  }

  private static List<UUID> shown(Topic feed) {
    return state(feed).jobs().stream().map(Job::id).toList();
  }

  private static List<String> events(Topic feed) {
    return feed.after(0, 1_000).stream().map(FeedsTest::text).toList();
  }

  private static String text(Event event) {
    assertThat(event.at()).isAfterOrEqualTo(TestClock.START);
    return event.body().type() + " " + ((FeedEvent) event.body()).event().job().id();
  }
}
