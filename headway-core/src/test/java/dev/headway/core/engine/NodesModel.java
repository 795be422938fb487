package dev.headway.core.engine;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.fixture.TestClock;
import dev.headway.core.id.RandomIds;
import dev.headway.core.job.Attempts;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.job.Json;
import dev.headway.core.job.Lease;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.job.RetryPause;
import dev.headway.core.memory.InMemoryJobStore;
import dev.headway.core.memory.InMemoryNodeRegistry;
import dev.headway.core.port.Bus;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.NodeRegistry;
import dev.headway.core.port.NodeRegistry.Entry;
import dev.headway.core.port.ProgressLedger;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.TopicName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Three nodes over one store, with one job, its workers and its watchers, on one thread: whatever
 * can happen on another node while one waits for the store happens there, as a seed says. Answers
 * of the store are lost, writes are committed after their callers gave up, rings are lost, late and
 * out of order, nodes are stopped past their leases and killed.
 */
final class NodesModel {
  static final Duration LEASE = Duration.ofSeconds(4);

  /** Long ago. */
  static final Instant SINCE_LONG = Instant.EPOCH;

  private static final Duration RETENTION = Duration.ofSeconds(3);
  private static final int NODES = 3;
  private static final int DEPTH = 2;

  final TestClock clock = new TestClock();
  final JobStore stored = new InMemoryJobStore();
  final UUID job;
  private final Random random;
  private final RandomIds ids;

  /** A node that does nothing but be there, so that no other is ever alone (ADR 18). */
  private final Entry idle = new Entry("idle", "idle", "idle", Map.of());

  private final NodeRegistry registry = new InMemoryNodeRegistry(clock);
  private final List<Node> nodes = new ArrayList<>();
  private final List<ModelWatcher> watchers = new ArrayList<>();
  private final Deque<Node> busy = new ArrayDeque<>();
  private final Map<String, Double> leases = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private final boolean bodies;
  private boolean running;
  private boolean faults;
  private int starts;

  /** A model that goes on as a seed says. */
  NodesModel(long seed) {
    random = new Random(seed);
    ids = new RandomIds(clock, new Random(seed));
    bodies = random.nextBoolean();
    for (var number = 0; number < NODES; number++) {
      nodes.add(new Node(number));
    }
    registry.renew(idle);
    nodes.forEach(Node::renew);
    job = ids.uuid();
    var spec =
        EngineFixture.spec()
            .with(draft ->
                draft.attempts(
                    new Attempts(
                        2 + random.nextInt(3),
                        3,
                        new RetryPause(Duration.ofMillis(100), 1, Duration.ofMillis(100)))));
    nodes.getFirst().jobs.submit(new NewJob(job, spec, List.of()));
    for (var kind : ModelWatcher.Kind.values()) {
      watchers.add(new ModelWatcher(kind, job, random));
      watchers.add(new ModelWatcher(kind, job, random));
    }
  }

  /** A node as it is until it is killed. */
  final class Node {
    final int number;
    final Hub hub = new Hub(clock, ids, new Hub.Limits(3 + random.nextInt(12), RETENTION));
    final Jobs jobs;
    private final Membership membership;
    private final OtherNodes others;
    private final List<Heard> heard = new ArrayList<>();

    Node(int number) {
      this.number = number;
      var name = "node-" + number;
      var entry = new Entry(name, name, name + "." + starts++, Map.of());
      membership = new Membership(registry, entry, clock, Map::of);
      var store = FaultyCalls.of(stored, () -> before(this), this::after, late);
      var bus = new Announcer(this);
      jobs = new Jobs(store, hub, clock, ids, ProgressLedger.NONE, bus, membership);
      others = new OtherNodes(hub, jobs, store, new Feeds(hub, store), bus, clock);
    }

    private boolean after() {
      meanwhile(this);
      return faults && random.nextInt(30) == 0;
    }

    void renew() {
      membership.tick();
    }

    void hear() {
      if (!heard.isEmpty()) {
        heard.remove(random.nextInt(heard.size())).tell(others);
      }
    }
  }

  /** A ring on its way. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Heard(TopicName topic, long number, byte @Nullable [] body) {
    void tell(Bus.Listener listener) {
      listener.rang(topic, number, body);
    }
  }

  /** Rings at the other nodes: late, in any order, or never. */
  private final class Announcer implements Bus {
    private final Node from;

    Announcer(Node from) {
      this.from = from;
    }

    @Override
    public void announce(TopicName topic, long number, byte @Nullable [] body) {
      for (var node : nodes) {
        if (node != from && random.nextInt(4) > 0) {
          node.heard.add(new Heard(topic, number, body));
        }
      }
    }

    @Override
    public void listen(Listener listener) {}

    @Override
    public boolean carriesProgress() {
      return bodies;
    }

    @Override
    public boolean ringing() {
      return false;
    }

    @Override
    public void close() {}
  }

  /** Writes whose callers have given up, and which are still on their way. */
  private final FaultyCalls.Late late =
      new FaultyCalls.Late() {
        @Override
        public boolean takes() {
          return faults && random.nextInt(60) == 0;
        }
      };

  private void before(Node node) {
    if (faults && random.nextInt(80) == 0) {
      throw new IllegalStateException("The database cannot be reached");
    }
    meanwhile(node);
  }

  /* What the others do while a node waits for the store, or is stopped there for a while. */
  private void meanwhile(Node node) {
    if (!running || busy.size() >= DEPTH || random.nextInt(5) > 0) {
      return;
    }
    busy.push(node);
    try {
      var stopped = random.nextInt(40) == 0;
      for (var left = stopped ? 25 : 1 + random.nextInt(3); left > 0; left--) {
        pass(stopped ? Duration.ofMillis(random.nextInt(500)) : Duration.ofMillis(5));
        step();
      }
    } finally {
      busy.pop();
    }
  }

  /* Those who are not stopped renew their entries and store what can wait. */
  private void pass(Duration time) {
    clock.advance(time);
    registry.renew(idle);
    free().forEach(Node::renew);
    free().forEach(node -> quietly(() -> node.jobs.progressWriter().flush()));
  }

  private List<Node> free() {
    return nodes.stream().filter(node -> !busy.contains(node)).toList();
  }

  /** Runs until the job has ended, with faults or without, and lets all nodes learn of it. */
  void run(int steps) {
    running = true;
    faults = random.nextInt(4) > 0;
    for (var step = 0; step < steps; step++) {
      pass(Duration.ofMillis(10 + random.nextInt(60)));
      step();
    }
    faults = false;
    while (!now().ended()) {
      late.arrive();
      pass(LEASE);
      nodes.forEach(node -> quietly(() -> node.jobs.decide(job, new Command.LoseLease(false))));
      claim(nodes.getFirst());
      List.copyOf(leases.keySet()).forEach(lease -> end(nodes.getLast(), lease, 9));
    }
    running = false;
    late.arrive();
    pass(Membership.TRUST.multipliedBy(2));
    pass(Membership.TRUST.multipliedBy(2)); // by now all know that all are back
    nodes.forEach(node -> node.others.tick());
  }

  Job now() {
    return stored.find(job).orElseThrow();
  }

  List<ModelWatcher> watchers() {
    return watchers;
  }

  /** Ends that workers were told of. */
  List<String> told() {
    return told;
  }

  /** Any node. */
  Node any() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private void step() {
    watchers.get(random.nextInt(watchers.size())).look();
    var free = free();
    var node = free.get(random.nextInt(free.size()));
    quietly(() -> step(node));
  }

  private void step(Node node) {
    switch (random.nextInt(24)) {
      case 0, 1 -> claim(node);
      case 2, 3, 4, 5, 6, 7 -> lease().ifPresent(lease -> report(node, lease));
      case 8 -> node.jobs.log(job, "log", List.of("a", "b").subList(0, 1 + random.nextInt(2)));
      case 9, 10, 11 -> node.others.tick();
      case 12, 13, 14 -> node.hear();
      case 15 -> care(node);
      case 16 -> lease().ifPresent(lease -> end(node, lease, random.nextInt(10)));
      case 17 -> rarely(6, () -> kill(node));
      case 18 -> rarely(8, () -> node.jobs.decide(job, new Command.RequestCancel(true)));
      case 19 -> late.arrive();
      default -> watchers.get(random.nextInt(watchers.size())).visit(node);
    }
  }

  private void rarely(int bound, Runnable action) {
    if (random.nextInt(bound) == 0) {
      action.run();
    }
  }

  private static void quietly(Runnable action) {
    try {
      action.run();
    } catch (HeadwayException | IllegalStateException refused) {
      // Whoever asked would ask again.
    }
  }

  private Optional<String> lease() {
    return leases.keySet().stream()
        .sorted()
        .skip(random.nextInt(Math.max(1, leases.size())))
        .findFirst();
  }

  private void claim(Node node) {
    var token = Lease.token(job, ids.secret());
    var decision = node.jobs.decide(job, new Command.Claim("worker", token, LEASE));
    if (decision instanceof Decision.Accepted) {
      leases.put(token, 0.0);
    }
  }

  private void report(Node node, String lease) {
    var percent = Math.min(99, leases.getOrDefault(lease, 0.0) + random.nextInt(4));
    leases.put(lease, percent);
    if (random.nextInt(6) == 0) {
      node.jobs.decide(job, new Command.Renew(lease));
      return;
    }
    var said = random.nextInt(5) == 0 ? percent / 2 : percent; // one that comes late
    node.jobs.report(job, lease, ProgressReport.of(said, "at " + said));
  }

  private void end(Node node, String lease, int fate) {
    var error = JobError.of(ErrorCode.EXECUTION_ERROR, "No more paper");
    Command command =
        switch (fate) {
          case 0, 1, 2, 3, 4 -> new Command.Fail(lease, error, true);
          case 5 -> new Command.Fail(lease, error, false);
          case 6, 7 -> new Command.AcknowledgeCancel(lease, null);
          case 8 -> new Command.Renew(lease);
          default -> new Command.Complete(lease, new Json("1"));
        };
    quietly(() -> {
      var next = node.jobs.apply(job, command);
      if (next.ended()) {
        told.add(next.status().name());
      }
    });
  }

  /* The duties of a server. */
  private void care(Node node) {
    switch (random.nextInt(5)) {
      case 0 -> node.jobs.decideInPassing(job, new Command.Stall());
      case 1 -> node.jobs.decideInPassing(job, new Command.LoseLease(false));
      case 2 -> node.jobs.settle();
      case 3 -> node.jobs.progressWriter().flush();
      default -> node.hub.sweep();
    }
  }

  private void kill(Node node) {
    watchers.forEach(watcher -> watcher.left(node));
    var next = new Node(node.number);
    nodes.set(node.number, next);
    next.renew();
  }
}
