package dev.headway.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.fixture.Together;
import dev.headway.core.job.Attempts;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.Json;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.memory.InMemoryJobStore;
import dev.headway.core.topic.Conflation.Kept;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Position;
import dev.headway.core.topic.Topic;
import dev.headway.core.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Watchers of a job that come back: to the same process, to the next one, to another node. */
class JobResumeTest {
  private final EngineFixture engine = new EngineFixture();

  /** The engine of another process with the same store, whose topics hold so many events. */
  private Jobs another(int capacity) {
    var hub = new Hub(engine.clock, engine.ids, new Hub.Limits(capacity, EngineFixture.RETENTION));
    return new Jobs(engine.store, hub, engine.clock, engine.ids);
  }

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void start_anyCursorOfALife_missesNothingWhoeverIsAsked(long seed) {
    var random = new Random(seed);
    var job = engine.running(EngineFixture.spec().with(draft -> draft.attempts(Attempts.of(3))));
    var small = another(4);
    small.topic(job.id());
    var lived = lived(job, random);
    engine.jobs.progressWriter().flush();
    small.topics().catchUp(job.id());

    assertResumes(engine.jobs.topic(job.id()), lived, true, true);
    assertResumes(another(1_024).topic(job.id()), lived, true, true);
    assertResumes(small.topic(job.id()), lived, false, false);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void start_jobThatLivesOnAfterARestart_missesNothing(long seed) {
    var random = new Random(seed);
    var job = engine.running(EngineFixture.spec().with(draft -> draft.attempts(Attempts.of(5))));
    var lived = new ArrayList<>(lived(job, random));
    engine.jobs.progressWriter().flush();
    var restarted = another(5);
    var topic = restarted.topic(job.id());
    for (var round = 0; round < 20; round++) {
      var seen = topic.head();
      step(restarted, (Job) topic.state(), random.nextInt(12));
      lived.addAll(topic.after(seen, 100));
      if (random.nextInt(8) == 0) {
        assertResumes(topic, lived, true, true);
      }
    }
    assertResumes(topic, lived, true, true);
  }

  /** Everything that a job can go through, in any order that is possible; returns its events. */
  private List<Event> lived(Job job, Random random) {
    for (var step = 3 + random.nextInt(40); step > 0; step--) {
      step(engine.jobs, engine.now(job.id()), random.nextInt(12));
    }
    return engine.events(job.id());
  }

  private void step(Jobs jobs, Job job, int what) {
    var id = job.id();
    var lease = job.lease();
    var error = JobError.of(ErrorCode.EXECUTION_ERROR, "No more paper");
    engine.clock.advance(EngineFixture.LEASE.dividedBy(3));
    if (job.ended()) {
      return;
    }
    if (lease == null) {
      engine.clock.advance(EngineFixture.RETENTION);
      jobs.decide(id, new Command.Claim("w", engine.ids.secret(), EngineFixture.LEASE));
      return;
    }
    switch (what) {
      case 0 -> jobs.decide(id, new Command.Fail(lease.token(), error, true));
      case 1 -> jobs.decide(id, new Command.Stall());
      case 2 -> jobs.log(id, "log", List.of("a", "b"));
      case 3 -> jobs.decide(id, new Command.RequestCancel(true));
      case 4 -> jobs.decide(id, new Command.Complete(lease.token(), new Json("1")));
      case 5 -> jobs.decide(id, new Command.AcknowledgeCancel(lease.token(), null));
      default -> jobs.report(id, lease.token(), ProgressReport.of(50, "half"));
    }
  }

  /*
   * A node that reads of another's lines does not know which reports came before them: it may count
   * some twice as passed over, and put lines before them.
   */
  private static void assertResumes(Topic topic, List<Event> lived, boolean exact, boolean rising) {
    var life = topic.snapshot().cursor().life();
    for (var seen = 0; seen <= lived.size(); seen++) {
      var cursor = seen == 0 ? new Cursor(life, 0) : lived.get(seen - 1).cursor();
      assertThat(topic.since(cursor, true, Integer.MAX_VALUE))
          .isInstanceOf(Topic.Since.Events.class);
      var events = all(topic, cursor);
      var missed = lived.subList(seen, lived.size());
      assertThat(milestonesAndLines(events.stream().map(Kept::event)))
          .as("milestones and lines after %s", cursor)
          .isEqualTo(milestonesAndLines(missed.stream()));
      for (var lines : List.of(true, false)) {
        assertThat(topic.start(cursor, lines)).isInstanceOf(Topic.Start.Resumed.class);
        var start = (Topic.Start.Resumed) topic.start(cursor, lines);
        var rest = topic.after(start.offset(), Integer.MAX_VALUE);
        assertThat(milestones(Stream.concat(start.missing().stream(), rest.stream())))
            .as("milestones after %s, lines shown: %s", cursor, lines)
            .isEqualTo(milestones(missed.stream()));
      }
      var reports = types(missed.stream(), "progress").size();
      assertThat(reports(events))
          .as("progress after %s, with what was passed over", cursor)
          .isBetween(reports, exact ? reports : Integer.MAX_VALUE);
      if (rising) {
        assertRising(cursor.position(), events);
      }
      if (!missed.isEmpty()) {
        assertThat(events.getLast().event().cursor()).isEqualTo(missed.getLast().cursor());
      }
    }
  }

  /** The events that a watcher is sent who asks again until there is no more. */
  private static List<Kept> all(Topic topic, Cursor from) {
    var all = new ArrayList<Kept>();
    for (var cursor = from; topic.since(cursor, true, 1_000) instanceof Topic.Since.Events some; ) {
      if (some.events().isEmpty()) {
        return all;
      }
      all.addAll(some.events());
      cursor = some.events().getLast().event().cursor();
    }
    throw new AssertionError("not recovered after " + from);
  }

  private static List<String> types(Stream<Event> events, String type) {
    return events.map(event -> event.body().type()).filter(type::equals).toList();
  }

  private static List<String> milestones(Stream<Event> events) {
    return milestonesAndLines(events.filter(event -> !event.body().type().equals("log")));
  }

  /* With their places, which are the same whoever shows them. */
  private static List<String> milestonesAndLines(Stream<Event> events) {
    return events
        .filter(event -> !event.body().type().equals("progress"))
        .map(event -> {
          var place = event.cursor().position();
          return "%d %s %s, line %d"
              .formatted(place.milestone(), event.body().type(), event.at(), place.line());
        })
        .toList();
  }

  private static int reports(List<Kept> events) {
    var count = 0;
    for (var kept : events) {
      count += (int) kept.passedOver() + (kept.event().body().type().equals("progress") ? 1 : 0);
    }
    return count;
  }

  private static void assertRising(Position from, List<Kept> events) {
    var before = from;
    for (var kept : events) {
      var position = kept.event().cursor().position();
      assertThat(position.covers(before) && !position.equals(before))
          .as("%s follows %s", position, before)
          .isTrue();
      before = position;
    }
  }

  @Test
  void start_herdAfterARestart_readsTheMilestonesOnce() {
    var job = engine.running();
    var cursor = engine.jobs.topic(job.id()).snapshot().cursor();
    engine.report(job, 10);
    engine.complete(job);
    var topic = another(1_024).topic(job.id());
    engine.store.milestonesRead.set(0);

    try (var threads = new Together(8)) {
      var starts = threads.run(() -> topic.start(cursor));
      for (var round = 0; round < 1_000; round++) {
        assertThat(topic.start(cursor)).isIn(starts);
      }
    }

    assertThat(engine.store.milestonesRead).hasValue(1);
    var frames = topic.after(cursor.offset(), 10);
    assertThat(topic.after(cursor.offset(), 10))
        .as("events are shared, and so are their frames")
        .isEqualTo(frames);
  }

  @Test
  void start_whatMemoryHas_readsNothing() {
    var job = engine.running();
    var cursor = engine.jobs.topic(job.id()).snapshot().cursor();
    engine.report(job, 10);
    engine.complete(job);
    engine.store.milestonesRead.set(0);

    assertThat(engine.typesAfter(job.id(), cursor)).containsExactly("progress", "completed");
    assertThat(engine.store.milestonesRead).hasValue(0);
  }

  @Test
  void start_cursorsThatAreNotOfThisLog_areAnsweredWithTheState() {
    var job = engine.running();
    engine.report(job, 10);
    var topic = engine.jobs.topic(job.id());
    var life = topic.snapshot().cursor().life();

    for (var forged :
        List.of(
            new Cursor(life, new Position(3, 0, 0)),
            new Cursor(life, new Position(2, 20_000, 0)),
            new Cursor(life, new Position(2, 1, 1)),
            new Cursor("k3f9a2", new Position(2, 1, 0)),
            new Cursor(life, new Position(Long.MAX_VALUE >> 4, 0, 0)))) {
      assertThat(topic.start(forged)).as("%s", forged).isInstanceOf(Topic.Start.Fresh.class);
    }
  }

  @Test
  void start_cursorAheadByReportsThatAreNotYetStored_goesOnFromHere() {
    var job = engine.running();
    engine.report(job, 10);
    engine.jobs.progressWriter().flush();
    var other = another(1_024);
    other.topic(job.id());
    engine.report(job, 20);
    var cursor = engine.jobs.topic(job.id()).snapshot().cursor();

    assertThat(other.topic(job.id()).start(cursor)).isInstanceOf(Topic.Start.Resumed.class);
    assertThat(all(other.topic(job.id()), cursor)).isEmpty();
    engine.jobs.progressWriter().flush();
    other.topics().catchUp(job.id());
    assertThat(all(other.topic(job.id()), cursor)).isEmpty();
  }

  @Test
  void start_jobOfAnEarlierRelease_resumesFromNowOn() {
    var old = engine.running().at(Position.START);
    var store = new FaultyStore(new InMemoryJobStore());
    store.insert(old, List.of());
    var jobs =
        new Jobs(
            store, new Hub(engine.clock, engine.ids, Hub.Limits.DEFAULT), engine.clock, engine.ids);
    var first = jobs.topic(old.id()).snapshot().cursor();

    jobs.apply(old.id(), new Command.Complete(EngineFixture.fence(old), Json.EMPTY_OBJECT));

    var restarted = new Jobs(store, engine.hub, engine.clock, engine.ids);
    engine.hub.remove(TopicName.ofJob(old.id()));
    assertThat(jobs.topic(old.id()).start(new Cursor("2nmfhc4r1c7", 5)))
        .as("a cursor as the release before made them")
        .isInstanceOf(Topic.Start.Fresh.class);
    assertThat(EngineFixture.typesAfter(jobs.topic(old.id()), first)).containsExactly("completed");
    assertThat(EngineFixture.typesAfter(restarted.topic(old.id()), first))
        .containsExactly("completed");
  }
}
