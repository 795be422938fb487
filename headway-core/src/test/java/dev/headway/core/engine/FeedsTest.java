package dev.headway.core.engine;

import static dev.headway.core.engine.EngineFixture.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Visibility;
import dev.headway.core.engine.Feeds.Scope;
import dev.headway.core.fixture.TestClock;
import dev.headway.core.fixture.Together;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Json;
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

  private final EngineFixture engine = new EngineFixture();
  private final Jobs jobs = engine.jobs;
  private final Feeds feeds = new Feeds(engine.hub, engine.store);

  @BeforeEach
  void listen() {
    jobs.listen(feeds);
  }

  @Test
  void open_feed_showsWhatItsUserMaySeeAndNothingElse() {
    var own = engine.submitted(spec(7));
    var others = engine.submitted(spec(8));
    var nobodys = engine.submitted(JobSpec.of("bake", Json.EMPTY_OBJECT, null));

    assertThat(shown(feed("7", SEVEN))).containsExactly(own);
    assertThat(shown(feed("8", EIGHT))).containsExactlyInAnyOrder(others, nobodys);
    assertThat(shown(feed("1", null))).containsExactlyInAnyOrder(own, others, nobodys);
  }

  @Test
  void happened_liveFeeds_areToldOfWhatTheirUserMaySeeAndNothingElse() {
    var seven = feed("7", SEVEN);
    var eight = feed("8", EIGHT);
    var admin = feed("1", null);

    var own = engine.submitted(spec(7));
    var nobodys = engine.submitted(JobSpec.of("bake", Json.EMPTY_OBJECT, null));

    assertThat(events(seven)).containsExactly("queued " + own);
    assertThat(events(eight)).containsExactly("queued " + nobodys);
    assertThat(events(admin)).containsExactly("queued " + own, "queued " + nobodys);
  }

  @Test
  void happened_oneJob_isToldInOrderAndTheStateFollows() {
    var feed = feed("7", SEVEN);
    var job = engine.running();
    engine.report(job, 50);
    jobs.log(job.id(), "log", List.of("not for the feed"));
    engine.complete(job);

    assertThat(events(feed))
        .containsExactly(
            "queued " + job.id(),
            "started " + job.id(),
            "progress " + job.id(),
            "completed " + job.id());
    assertThat(state(feed).jobs()).containsExactly(engine.now(job.id()));
    assertThat(feed.state().ended()).as("a feed never ends").isFalse();
  }

  @Test
  void happened_progressOfSeveralJobs_neverReplacesOneAnother() {
    var feed = feed("7", SEVEN);
    var one = engine.running();
    var two = engine.running();
    engine.report(one, 10);
    engine.report(two, 20);

    assertThat(feed.after(0, 100))
        .extracting(event -> event.body().conflationKey())
        .containsExactly(null, null, null, null, one.id().toString(), two.id().toString());
    assertThat(feed.after(0, 100)).noneMatch(event -> event.body().ended());
  }

  @Test
  void open_progressNotYetStored_isInTheState() {
    var job = engine.running();
    engine.report(job, 44);

    assertThat(state(feed("7", SEVEN)).jobs())
        .containsExactly(engine.now(job.id()))
        .allMatch(shown -> Objects.equals(shown.progress().percent(), 44.0));
  }

  @Test
  void open_oldRunningJobBehindManyNewEndedOnes_isStillShownFirst() {
    var old = engine.running();
    for (var at = 0; at < 150; at++) {
      engine.clock.advanceSeconds(1);
      jobs.apply(engine.submitted(spec(7)), new Command.RequestCancel(false));
    }

    var shown = shown(feed("7", SEVEN));

    assertThat(shown).hasSize(FeedState.SIZE).startsWith(old.id());
  }

  @Test
  void with_moreJobsThanFit_dropsTheOldestThatEnded() {
    var feed = feed("7", SEVEN);
    var running = engine.running();
    var ended = new ArrayList<UUID>();
    for (var at = 0; at < 150; at++) {
      engine.clock.advanceSeconds(1);
      var id = engine.submitted(spec(7));
      jobs.apply(id, new Command.RequestCancel(false));
      ended.add(id);
    }

    assertThat(shown(feed)).hasSize(FeedState.SIZE).startsWith(running.id(), ended.getLast());
    assertThat(shown(feed)).doesNotContainAnyElementsOf(ended.subList(0, 51));
  }

  @Test
  void deleted_job_isShownNoLongerAndItsWatchersAreTold() {
    var feed = feed("7", SEVEN);
    var others = feed("8", EIGHT);
    var job = engine.running();
    engine.complete(job);

    jobs.delete(job.id());

    assertThat(shown(feed)).isEmpty();
    assertThat(events(feed)).endsWith("completed " + job.id(), "deleted " + job.id());
    assertThat(events(others)).isEmpty();
  }

  @Test
  void deleted_jobThatTheFeedDoesNotShow_isNotTold() {
    var old = engine.running();
    engine.complete(old);
    for (var at = 0; at < FeedState.SIZE; at++) {
      engine.clock.advanceSeconds(1);
      engine.submitted(spec(7));
    }
    var feed = feed("7", SEVEN);

    jobs.delete(old.id());

    assertThat(events(feed)).isEmpty();
  }

  @Test
  void catchUp_jobsPurgedOrDeletedElsewhere_areToldOnce() {
    var feed = feed("7", SEVEN);
    watched(feed);
    var old = engine.running();
    engine.complete(old);
    var kept = engine.submitted(spec(7));
    engine.store.delete(old.id());

    feeds.catchUp();
    feeds.catchUp();

    assertThat(shown(feed)).containsExactly(kept);
    assertThat(events(feed))
        .filteredOn(event -> event.startsWith("deleted"))
        .containsExactly("deleted " + old.id());
  }

  private static void watched(Topic feed) {
    feed.listen(
        new Topic.Listener() {
          @Override
          public void appended() {}

          @Override
          public void removed() {}
        });
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
    engine.submitted(spec(8));

    var asUser = feed("7", SEVEN);

    assertThat(gone).as("those who watch are told").hasSize(1);
    assertThat(shown(asUser)).isEmpty();
    engine.submitted(spec(8));
    assertThat(events(asUser)).isEmpty();
    assertThat(feed("7", SEVEN)).as("opened as before, it is the same").isSameAs(asUser);
  }

  @Test
  void happened_feedThatWasLetGoOf_isOutOfTheWayAndComesBackWhole() {
    feed("7", SEVEN);
    engine.clock.advance(EngineFixture.RETENTION.plusSeconds(1));
    engine.hub.sweep();
    var id = engine.submitted(spec(7));

    assertThat(engine.hub.live(TopicName.ofUser("7"))).isEmpty();
    assertThat(shown(feed("7", SEVEN))).containsExactly(id);
    engine.jobs.apply(id, new Command.RequestCancel(false));
    assertThat(events(feed("7", SEVEN))).containsExactly("cancelled " + id);
  }

  @Test
  void happened_feedNobodyWatches_isLetGoOfThoughItsJobsMove() {
    feed("7", SEVEN);
    engine.clock.advance(EngineFixture.RETENTION);
    engine.submitted(spec(7));
    engine.clock.advanceSeconds(1);

    engine.hub.sweep();

    assertThat(engine.hub.live(TopicName.ofUser("7"))).isEmpty();
  }

  @Test
  void open_whileJobsMove_missesNothing() {
    try (var threads = new Together(3)) {
      for (var round = 0; round < 300; round++) {
        engine.hub.remove(TopicName.ofUser("7"));
        var first = engine.running();
        var second = engine.running();
        threads.run(
            List.<Callable<Boolean>>of(
                () -> completes(first),
                () -> completes(second),
                () -> feed("7", SEVEN).head() >= 0));

        var byId = new HashMap<UUID, Job>();
        state(feed("7", SEVEN)).jobs().forEach(job -> byId.put(job.id(), job));
        assertThat(byId.get(first.id())).isEqualTo(engine.now(first.id()));
        assertThat(byId.get(second.id())).isEqualTo(engine.now(second.id()));
        assertThat(byId.values()).extracting(Job::status).contains(JobStatus.COMPLETED);
        engine.clock.advanceSeconds(1);
      }
    }
  }

  private static JobSpec tagged(long owner, String... tags) {
    return spec(owner).with(draft -> draft.tags(List.of(tags)));
  }

  @Test
  void open_ofATag_showsTheJobsWithItThatOneMaySee() {
    var before = engine.submitted(tagged(7, "nightly", "eu"));
    var feed = feeds.open(new TopicName("tag", "7/nightly"), new Scope(SEVEN, "nightly"));
    engine.submitted(tagged(7, "eu"));
    engine.submitted(tagged(8, "nightly"));
    engine.submitted(spec(7));
    var after = engine.submitted(tagged(7, "nightly"));

    assertThat(shown(feed)).containsExactlyInAnyOrder(before, after);
    assertThat(events(feed)).hasSize(1);
  }

  @Test
  void sweep_feedThatIsInMemoryNoMore_isForgotten() {
    feed("7", SEVEN);
    feeds.sweep();
    assertThat(feeds.size()).isEqualTo(1);

    engine.clock.advanceSeconds(EngineFixture.RETENTION.toSeconds() + 1);
    engine.hub.sweep();
    feeds.sweep();

    assertThat(feeds.size()).isZero();
  }

  private boolean completes(Job job) {
    engine.report(job, 50);
    engine.complete(job);
    return true;
  }

  private Topic feed(String user, @Nullable Visibility sees) {
    return feeds.open(TopicName.ofUser(user), new Scope(sees, null));
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
