package dev.headway.core.engine;

import static dev.headway.core.engine.EngineFixture.fence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Attempts;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.Json;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.port.Bus;
import dev.headway.core.port.NodeRegistry;
import dev.headway.core.port.NodeRegistry.Entry;
import dev.headway.core.topic.Conflation;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three nodes over one store that know of one another: what one shows is stored. */
class SeveralNodesTest {
  private final EngineFixture engine = new EngineFixture("node-0");
  private final List<Node> nodes =
      new ArrayList<>(List.of(new Node(engine.hub, engine.jobs), new Node("1"), new Node("2")));

  /** A node as it is until it is killed. */
  private final class Node {
    final Jobs jobs;
    final OtherNodes others;

    Node(String number) {
      this(new Hub(engine.clock, engine.ids, new Hub.Limits(16, EngineFixture.RETENTION)), number);
    }

    private Node(Hub hub, String number) {
      this(hub, engine.node(hub, engine.member("node-" + number)));
    }

    Node(Hub hub, Jobs jobs) {
      this.jobs = jobs;
      var feeds = new Feeds(hub, engine.store);
      others = new OtherNodes(hub, jobs, engine.store, feeds, Bus.NONE, engine.clock);
    }
  }

  private static void report(Node node, Job job, double percent) {
    node.jobs.report(job.id(), fence(job), ProgressReport.of(percent, "at " + percent));
  }

  /** A watcher who goes from node to node with its cursor, and judges what it is shown. */
  private static final class Wanderer {
    private final UUID job;
    private final Map<Integer, Double> reached = new HashMap<>();
    private @Nullable Cursor cursor;
    private long milestone;

    Wanderer(UUID job) {
      this.job = job;
    }

    void visit(Node node) {
      switch (node.jobs.topic(job).since(cursor, false, Integer.MAX_VALUE)) {
        case Topic.Since.State(var snapshot) -> {
          assertThat(cursor).as("it can always go on").isNull();
          show((Job) snapshot.state());
          cursor = snapshot.cursor();
          milestone = snapshot.cursor().position().milestone();
        }
        case Topic.Since.Events(_, var events, _) -> events.forEach(this::show);
      }
    }

    private void show(Conflation.Kept kept) {
      var event = (JobEvent) kept.event().body();
      var next = kept.event().cursor();
      assertThat(next.position().milestone())
          .isEqualTo(event instanceof JobEvent.Progressed ? milestone : milestone + 1);
      milestone = next.position().milestone();
      cursor = next;
      show(event.job());
    }

    private void show(Job state) {
      var percent = Objects.requireNonNullElse(state.progress().percent(), 0.0);
      assertThat(percent)
          .as("attempt %d at %s", state.attempt(), cursor)
          .isGreaterThanOrEqualTo(reached.getOrDefault(state.attempt(), 0.0));
      reached.put(state.attempt(), percent);
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 150);
  }

  /* The worker's reports reach any node, one is late now and then, and nodes are killed. */
  @ParameterizedTest
  @MethodSource("seeds")
  void watchers_goFromNodeToNodeBetweenReports_neverSeeLessThanBefore(long seed) {
    var random = new Random(seed);
    var job = engine.running(EngineFixture.spec().with(draft -> draft.attempts(Attempts.of(3))));
    var watchers = List.of(new Wanderer(job.id()), new Wanderer(job.id()));
    var percent = 0.0;
    var cancelled = false;
    for (var step = 0; step < 80; step++) {
      engine.clock.advance(Duration.ofMillis(10));
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          percent += random.nextInt(3);
          report(any(random), job, random.nextInt(4) == 0 ? percent / 2 : percent);
        }
        case 3 -> any(random).others.tick();
        case 4 -> nodes.set(random.nextInt(3), new Node("of " + step)); // killed, and another one
        case 5 -> {
          if (!cancelled && random.nextInt(4) == 0) {
            any(random).jobs.apply(job.id(), new Command.RequestCancel(true));
            cancelled = true;
          }
        }
        default -> watchers.get(random.nextInt(2)).visit(any(random));
      }
    }
    any(random).jobs.apply(job.id(), new Command.Complete(fence(job), Json.EMPTY_OBJECT));

    for (var watcher : watchers) {
      watcher.visit(any(random));
      assertThat(watcher.reached.get(1)).isEqualTo(100.0);
      assertThat(watcher.milestone).isEqualTo(cancelled ? 5 : 3);
    }
  }

  private Node any(Random random) {
    return nodes.get(random.nextInt(nodes.size()));
  }

  @Test
  void watcher_changesNodesBetweenReportsThatWentToDifferentNodes_isShownTheHighest() {
    var job = engine.running();
    var watcher = new Wanderer(job.id());
    watcher.visit(nodes.get(2));
    report(nodes.get(0), job, 10);
    report(nodes.get(1), job, 60);
    watcher.visit(nodes.get(1));

    watcher.visit(nodes.get(0));
    nodes.get(0).jobs.apply(job.id(), new Command.RequestCancel(false));
    watcher.visit(nodes.get(0));

    assertThat(watcher.reached).containsEntry(1, 60.0);
  }

  @Test
  void report_isStoredBeforeItIsShown() {
    var job = engine.running();
    engine.store.down = true;

    assertThatThrownBy(() -> report(nodes.get(1), job, 40)).isInstanceOf(RuntimeException.class);
    engine.store.down = false;
    assertThat(engine.now(job.id()).progress().percent()).isZero();

    report(nodes.get(1), job, 50);
    assertThat(engine.store.find(job.id()).orElseThrow().progress().percent()).isEqualTo(50);
  }

  @Test
  void renewal_isNotWaitedFor() {
    var job = engine.running();
    engine.jobs.report(job.id(), fence(job), ProgressReport.of(10, "ten"));
    engine.store.progressStored.set(0);
    engine.clock.advance(Duration.ofSeconds(1));

    engine.jobs.apply(job.id(), new Command.Renew(fence(job)));

    assertThat(engine.store.progressStored).hasValue(0);
    assertThat(engine.jobs.progressWriter().flush()).isEqualTo(1);
  }

  @Test
  void node_thatIsAlone_showsReportsBeforeTheyAreStoredUntilAnotherJoins() throws Exception {
    var alone = new EngineFixture();
    var membership =
        new Membership(
            alone.registry, new Entry("one", "one", "one", Map.of()), alone.clock, Map::of);
    membership.join(alone.clock::advance);
    var jobs = alone.node(alone.hub, membership);
    var job = alone.running();

    jobs.report(job.id(), fence(job), ProgressReport.of(40, "forty"));
    assertThat(alone.store.find(job.id()).orElseThrow().progress().percent()).isZero();
    var began = alone.clock.instant();
    alone.member("two").join(alone.clock::advance);
    assertThat(Duration.between(began, alone.clock.instant())).isEqualTo(Membership.TRUST);
    alone.clock.advance(Duration.ofMillis(1));

    jobs.report(job.id(), fence(job), ProgressReport.of(60, "sixty"));
    assertThat(alone.store.find(job.id()).orElseThrow().progress().percent()).isEqualTo(60);
  }

  @Test
  void decide_afterTheNodeCountedAsGone_isRefusedUntilTheOthersKnowThatItIsBack() {
    var membership = engine.member("node-9");
    var hub = new Hub(engine.clock, engine.ids, Hub.Limits.DEFAULT);
    var jobs = engine.node(hub, membership);
    var job = engine.running();
    engine.clock.advance(Duration.ofSeconds(11));
    engine.member("node-0"); // lives
    membership.tick();

    assertThatThrownBy(() -> jobs.report(job.id(), fence(job), ProgressReport.of(1, "")))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    engine.clock.advance(Membership.TRUST);

    membership.requireFit();
  }

  @Test
  void node_thatCannotRenewItsEntry_decidesAndShowsNothingBeforeOthersCountItAsGone() {
    var membership = engine.member("node-9");
    var hub = new Hub(engine.clock, engine.ids, Hub.Limits.DEFAULT);
    var jobs = engine.node(hub, membership);
    var job = engine.running();
    engine.clock.advance(Membership.VALID);
    membership.requireFit();
    assertThat(Membership.VALID).isLessThan(NodeRegistry.LIFE);
    engine.clock.advance(Duration.ofMillis(1));

    assertThatThrownBy(() -> jobs.report(job.id(), fence(job), ProgressReport.of(1, "")))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    assertThatThrownBy(() -> jobs.topic(job.id()))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE));
  }
}
