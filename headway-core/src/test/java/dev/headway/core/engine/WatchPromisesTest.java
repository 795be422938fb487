package dev.headway.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Attempts;
import dev.headway.core.job.Command;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.Json;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.topic.Conflation.Kept;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promises of the testkit's model on the real engine: two workers with leases of their own,
 * three watchers who read now and then, cancellation, leases that are lost, and restarts with
 * nothing but the store, in any order. No milestone is lost or comes twice, no percentage falls
 * within an attempt, exactly one end is the last event, and every cursor is good for a
 * continuation.
 */
final class WatchPromisesTest {
  private static final int STEPS = 120;
  private static final int MEMORY = 4;

  private final EngineFixture engine = new EngineFixture();
  private final List<String> leases = new ArrayList<>();
  private final List<Watcher> watchers = Stream.generate(Watcher::new).limit(3).toList();
  private Jobs jobs = engine.jobs;

  /** A watcher with what it was shown. */
  private static final class Watcher {
    private Cursor cursor = new Cursor("none", 0);
    private int attempt;
    private double percent;
    private int ends;

    void begin(Topic topic) {
      cursor = new Cursor(topic.snapshot().cursor().life(), 0);
    }

    void read(Topic topic) {
      switch (topic.since(cursor, false, 3)) {
        case Topic.Since.State _ -> throw new AssertionError("not recovered: " + cursor);
        case Topic.Since.Events(_, var events, _) -> events.forEach(this::received);
      }
    }

    private void received(Kept kept) {
      var event = kept.event();
      var body = (JobEvent) event.body();
      assertThat(ends).as("nothing follows the end").isZero();
      if (body.conflationKey() == null) {
        assertThat(event.cursor().position().milestone())
            .as("no milestone is lost or comes twice")
            .isEqualTo(cursor.position().milestone() + 1);
      }
      var job = body.job();
      var shown = Objects.requireNonNullElse(job.progress().percent(), 0.0);
      if (job.attempt() == attempt) {
        assertThat(shown).isGreaterThanOrEqualTo(percent);
      }
      attempt = job.attempt();
      percent = shown;
      ends += body.ended() ? 1 : 0;
      cursor = event.cursor();
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("headway.promises", 150));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void promises_whateverHappensInWhateverOrder_areKept(long seed) {
    var random = new Random(seed);
    var spec = EngineFixture.spec().with(draft -> draft.attempts(Attempts.of(3)));
    var id = engine.submitted(spec);
    watchers.forEach(watcher -> watcher.begin(jobs.topic(id)));
    for (var step = 0; step < STEPS; step++) {
      if (random.nextInt(3) == 0) {
        watchers.get(random.nextInt(watchers.size())).read(jobs.topic(id));
      } else {
        unlessRefused(id, random);
      }
    }
    watchers.forEach(watcher -> readToTheEnd(watcher, id));
  }

  private void readToTheEnd(Watcher watcher, UUID id) {
    for (var read = 0; read < STEPS; read++) {
      watcher.read(jobs.topic(id));
    }
    var job = jobs.find(id).orElseThrow();
    assertThat(watcher.ends).isEqualTo(job.ended() ? 1 : 0);
    assertThat(watcher.cursor.position().milestone())
        .isEqualTo(jobs.topic(id).snapshot().cursor().position().milestone());
  }

  private void unlessRefused(UUID id, Random random) {
    try {
      step(id, random);
    } catch (HeadwayException refused) {
      assertThat(refused.safeMessage()).isNotEmpty();
    }
  }

  private void step(UUID id, Random random) {
    var lease = leases.isEmpty() ? "none" : leases.get(random.nextInt(leases.size()));
    switch (random.nextInt(24)) {
      case 0 -> jobs.apply(id, new Command.Complete(lease, Json.EMPTY_OBJECT));
      case 1 -> jobs.apply(id, new Command.RequestCancel(false));
      case 2 -> jobs.apply(id, new Command.AcknowledgeCancel(lease, null));
      case 3, 4 -> jobs.apply(id, new Command.LoseLease(false));
      case 5 -> restart();
      case 6, 7, 8, 9, 10 -> claim(id);
      default ->
          jobs.report(
              id, lease, ProgressReport.of(random.nextInt(101), "a report under any lease"));
    }
  }

  private void claim(UUID id) {
    engine.clock.advance(EngineFixture.RETENTION);
    var token = engine.ids.secret();
    jobs.apply(id, new Command.Claim("worker", token, EngineFixture.LEASE));
    leases.add(token);
  }

  /* What was reported has been stored; the ledger that does so over a kill has tests of its own. */
  private void restart() {
    jobs.progressWriter().flush();
    var hub = new Hub(engine.clock, engine.ids, new Hub.Limits(MEMORY, EngineFixture.RETENTION));
    jobs = new Jobs(engine.store, hub, engine.clock, engine.ids);
  }
}
