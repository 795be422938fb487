package dev.headway.core.engine;

import dev.headway.core.fixture.TestClock;
import dev.headway.core.id.RandomIds;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Json;
import dev.headway.core.job.Lease;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.memory.InMemoryJobStore;
import dev.headway.core.memory.InMemoryNodeRegistry;
import dev.headway.core.port.Bus;
import dev.headway.core.port.JobStore.Waiting;
import dev.headway.core.port.NodeRegistry;
import dev.headway.core.port.NodeRegistry.Entry;
import dev.headway.core.port.ProgressLedger;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Everything that jobs need, in memory and on a clock that stands still. */
final class EngineFixture {
  static final Duration LEASE = Duration.ofSeconds(10);
  private static final Entry ANOTHER = new Entry("another", "another", "another", Map.of());
  static final Duration RETENTION = Duration.ofMinutes(2);

  final TestClock clock = new TestClock();
  final FaultyStore store = new FaultyStore(new InMemoryJobStore());
  final RandomIds ids = new RandomIds(clock, new Random(42));
  final Hub hub = new Hub(clock, ids, new Hub.Limits(4_096, RETENTION));
  final NodeRegistry registry = new InMemoryNodeRegistry(clock);
  final Jobs jobs;
  private final List<Membership> members = new ArrayList<>();

  /** The engine of a node that is alone. */
  EngineFixture() {
    jobs = node(hub, Membership.ofOne(clock));
  }

  /** The engine of one of several nodes. */
  EngineFixture(String node) {
    jobs = node(hub, member(node));
  }

  /** The engine of another node on the same store. */
  Jobs node(Hub own, Membership membership) {
    return new Jobs(store, own, clock, ids, ProgressLedger.NONE, Bus.NONE, membership);
  }

  /** The membership of a node that knows of another one. */
  Membership member(String node) {
    registry.renew(ANOTHER);
    var membership =
        new Membership(registry, new Entry(node, node, node, Map.of()), clock, Map::of);
    membership.tick();
    members.add(membership);
    return membership;
  }

  /** Lets time pass, in which all nodes renew their entries. */
  void pass(Duration time) {
    for (var left = time; left.isPositive(); left = left.minus(Membership.PACE)) {
      clock.advance(left.compareTo(Membership.PACE) < 0 ? left : Membership.PACE);
      registry.renew(ANOTHER);
      members.forEach(Membership::tick);
    }
  }

  /** The engine after this server was killed, with nothing but the store. */
  Jobs restarted() {
    return new Jobs(store, new Hub(clock, ids, Hub.Limits.DEFAULT), clock, ids);
  }

  static JobSpec spec() {
    return JobSpec.of("bake", new Json("{\"bread\":1}"), 7L);
  }

  static JobSpec spec(long owner) {
    return JobSpec.of("bake", Json.EMPTY_OBJECT, owner);
  }

  static JobSpec withTimeout(Duration timeout) {
    return spec().with(draft -> draft.timeout(timeout));
  }

  static JobSpec withKey(String payload, String key) {
    return JobSpec.of("bake", new Json(payload), 7L).with(draft -> draft.idempotencyKey(key));
  }

  static JobSpec withPriority(int priority) {
    return spec(7L).with(draft -> draft.priority(priority));
  }

  static Waiting waiting() {
    return new Waiting(JobSpec.DEFAULT_QUEUE, Set.of("bake"), false, null);
  }

  UUID submitted(JobSpec spec) {
    return jobs.submit(jobs.nextId(), spec, List.of("load", "plan")).job().id();
  }

  /** Submits a job and has it claimed. */
  Job running(JobSpec spec) {
    var id = submitted(spec);
    return jobs.apply(id, new Command.Claim("worker-1", ids.secret(), LEASE));
  }

  Job running() {
    return running(spec());
  }

  static Lease lease(Job job) {
    return Objects.requireNonNull(job.lease());
  }

  static String fence(Job job) {
    return lease(job).token();
  }

  void report(Job job, double percent) {
    jobs.report(job.id(), fence(job), ProgressReport.of(percent, "at " + percent));
  }

  void complete(Job job) {
    jobs.apply(job.id(), new Command.Complete(fence(job), Json.EMPTY_OBJECT));
  }

  Job now(UUID id) {
    return jobs.find(id).orElseThrow();
  }

  /** The events published to a job's topic, oldest first. */
  List<Event> events(UUID id) {
    return jobs.topic(id).after(0, Integer.MAX_VALUE);
  }

  /** The types of what a watcher that comes back with a cursor is sent, oldest first. */
  List<String> typesAfter(UUID id, Cursor cursor) {
    return typesAfter(jobs.topic(id), cursor);
  }

  /** The same of any node's topic. */
  static List<String> typesAfter(Topic topic, Cursor cursor) {
    return switch (topic.since(cursor, true, Integer.MAX_VALUE)) {
      case Topic.Since.Events(_, var events, _) ->
          events.stream().map(kept -> kept.event().body().type()).toList();
      case Topic.Since.State _ -> throw new AssertionError("not recovered: " + cursor);
    };
  }

  /** The types of what was published to a job's topic, oldest first. */
  List<String> types(UUID id) {
    return events(id).stream().map(event -> event.body().type()).toList();
  }
}
