package dev.headway.core.engine;

import static dev.headway.core.engine.EngineFixture.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Visibility;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.Json;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.port.Bus;
import dev.headway.core.port.ProgressLedger;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Topic;
import dev.headway.core.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two nodes over one store, of which one rings at the other, which never looks by itself. */
class JobRingsTest {
  private final EngineFixture engine = new EngineFixture();
  private final Hub farHub = new Hub(engine.clock, engine.ids, Hub.Limits.DEFAULT);
  private final Jobs far = new Jobs(engine.store, farHub, engine.clock, engine.ids);
  private final Feeds farFeeds = new Feeds(farHub, engine.store);
  private final OtherNodes followed =
      new OtherNodes(farHub, far, engine.store, farFeeds, Bus.NONE, engine.clock);

  private Jobs near(Bus bus) {
    return new Jobs(engine.store, engine.hub, engine.clock, engine.ids, ProgressLedger.NONE, bus);
  }

  private static List<String> shown(Jobs jobs, UUID id) {
    return jobs.topic(id).after(0, 100).stream()
        .map(event -> (JobEvent) event.body())
        .map(event -> event.type() + " " + event.job().progress().percent())
        .toList();
  }

  private List<String> shownFar(UUID id) {
    return farHub.live(TopicName.ofJob(id)).orElseThrow().after(0, 100).stream()
        .map(event -> (JobEvent) event.body())
        .map(event -> event.type() + " " + event.job().progress().percent())
        .toList();
  }

  private Job started(Jobs near) {
    var id = near.nextId();
    near.submit(id, EngineFixture.spec(), List.of());
    far.topic(id);
    return near.apply(id, new Command.Claim("w", "fence", LEASE));
  }

  @Test
  void transition_isShownElsewhereAtOnce() {
    var near = near(new DirectBus(followed, true));
    var job = started(near);

    near.apply(job.id(), new Command.RequestCancel(false));

    assertThat(shownFar(job.id())).containsExactly("started 0.0", "cancel_requested 0.0");
  }

  @Test
  void report_overABusForProgress_isShownElsewhereWithoutAReadOnceItIsStored() {
    var near = near(new DirectBus(followed, true));
    var job = started(near);
    near.report(job.id(), "fence", ProgressReport.of(20, "twenty")); // reads how long others took
    engine.store.reads.set(0);

    near.report(job.id(), "fence", ProgressReport.of(40, "forty"));
    assertThat(shownFar(job.id())).containsExactly("started 0.0");
    near.progressWriter().flush();

    assertThat(shownFar(job.id())).contains("progress 40.0");
    assertThat(engine.store.reads).as("the write").hasValue(1);
  }

  @Test
  void report_overABusForNames_ringsOnceItIsStored() {
    var bus = new DirectBus(followed, false);
    var near = near(bus);
    var job = started(near);

    near.report(job.id(), "fence", ProgressReport.of(40, "forty"));
    assertThat(shownFar(job.id())).containsExactly("started 0.0");
    near.progressWriter().flush();

    assertThat(shownFar(job.id())).contains("progress 40.0");
  }

  @Test
  void report_thatArrivesLate_changesNothing() {
    var bus = new DirectBus(followed, true);
    var near = near(bus);
    var job = started(near);
    near.report(job.id(), "fence", ProgressReport.of(40, "forty"));
    near.progressWriter().flush();
    var late = bus.rings.getLast();
    near.report(job.id(), "fence", ProgressReport.of(60, "sixty"));
    near.progressWriter().flush();
    near.apply(job.id(), new Command.RequestCancel(false));

    late.accept(followed);

    assertThat(shownFar(job.id())).endsWith("progress 60.0", "cancel_requested 60.0");
    assertThat(shown(near, job.id())).endsWith("progress 60.0", "cancel_requested 60.0");
  }

  @Test
  void report_whoseStartWasMissed_isShownAfterIt() {
    var bus = new DirectBus(followed, true);
    var near = near(bus);
    var id = near.nextId();
    near.submit(id, EngineFixture.spec(), List.of());
    far.topic(id);
    bus.silent = true;
    near.apply(id, new Command.Claim("w", "fence", LEASE));
    bus.silent = false;

    near.report(id, "fence", ProgressReport.of(40, "forty"));
    near.progressWriter().flush();

    assertThat(shownFar(id)).containsExactly("started 0.0", "progress 40.0");
  }

  private Topic farFeed() {
    var feed =
        farFeeds.open(new TopicName("user", "7"), new Feeds.Scope(new Visibility(7L, false), null));
    feed.listen(
        new Topic.Listener() {
          @Override
          public void appended() {}

          @Override
          public void removed() {}
        });
    return feed;
  }

  private static List<String> shown(Topic feed) {
    return feed.after(0, 100).stream()
        .map(event -> event.body().type() + " " + percent((FeedEvent) event.body()))
        .toList();
  }

  private static @Nullable Double percent(FeedEvent event) {
    return event.event().job().progress().percent();
  }

  @Test
  void jobThatIsNotInMemory_isShownByAFeedOfItsOwnerAtOnce() {
    for (var progress : List.of(true, false)) {
      var feed = farFeed();
      var before = shown(feed).size();
      var near = near(new DirectBus(followed, progress));
      var id = near.nextId();
      near.submit(id, EngineFixture.spec(), List.of());
      near.apply(id, new Command.Claim("w", "fence", LEASE));
      near.report(id, "fence", ProgressReport.of(40, "forty"));
      near.progressWriter().flush();
      near.apply(id, new Command.Complete("fence", Json.EMPTY_OBJECT));

      assertThat(shown(feed).subList(before, shown(feed).size()))
          .containsExactly("queued 0.0", "progress 0.0", "progress 40.0", "completed 100.0");
      near.delete(id);
      assertThat(shown(feed)).last().isEqualTo("deleted 100.0");
    }
  }

  @Test
  void jobOfSomebodyElse_isNotShownByAFeed() {
    var feed = farFeed();
    var near = near(new DirectBus(followed, true));

    near.submit(near.nextId(), EngineFixture.spec(8), List.of());

    assertThat(shown(feed)).isEmpty();
  }

  @Test
  void feed_whileTheOthersRing_isReadEveryTwoSecondsOnly() {
    farFeed();
    var ringing =
        new OtherNodes(
            farHub, far, engine.store, farFeeds, new DirectBus(followed, true), engine.clock);
    ringing.tick();
    engine.store.reads.set(0);
    for (var round = 0; round < 9; round++) {
      engine.clock.advance(OtherNodes.PACE);
      ringing.tick();
    }
    assertThat(engine.store.reads).as("one comparison a round").hasValueLessThanOrEqualTo(9);
    engine.clock.advance(OtherNodes.PACE);
    ringing.tick();
    assertThat(engine.store.reads).hasValueGreaterThan(10);
  }

  @Test
  void job_thatWaits_wakesTheWorkersThatWaitElsewhere() {
    var near = near(new DirectBus(followed, true));
    var before = far.queueSignal().count();

    near.submit(near.nextId(), EngineFixture.spec(), List.of());

    assertThat(far.queueSignal().count()).isGreaterThan(before);
  }

  @Test
  void restored_whatWasMissedIsRead() {
    var bus = new DirectBus(followed, true);
    var near = near(bus);
    var job = started(near);
    bus.silent = true;
    near.apply(job.id(), new Command.RequestCancel(false));

    followed.restored();

    assertThat(shownFar(job.id())).endsWith("cancel_requested 0.0");
  }

  /** A bus that tells one listener in the announcer's thread. */
  private static final class DirectBus implements Bus {
    private final Listener listener;
    private final boolean progress;
    private final List<Consumer<Listener>> rings = new ArrayList<>();
    private boolean silent;

    DirectBus(Listener listener, boolean progress) {
      this.listener = listener;
      this.progress = progress;
    }

    @Override
    public void announce(TopicName topic, long number, byte @Nullable [] body) {
      if (!silent) {
        Consumer<Listener> ring = told -> told.rang(topic, number, body);
        rings.add(ring);
        ring.accept(listener);
      }
    }

    @Override
    public void listen(Listener another) {}

    @Override
    public boolean carriesProgress() {
      return progress;
    }

    @Override
    public boolean ringing() {
      return !silent;
    }

    @Override
    public void close() {}
  }
}
