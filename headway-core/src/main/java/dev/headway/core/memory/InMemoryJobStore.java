package dev.headway.core.memory;

import dev.headway.core.job.Checkpoint;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec.ParentEnd;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.LogLine;
import dev.headway.core.job.Milestone;
import dev.headway.core.job.QueuePlace;
import dev.headway.core.job.QueueRule;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Jobs in memory, gone with the process. Lists look at every job, so it is for tests and for
 * programs that keep few. Safe for use by any thread.
 */
public final class InMemoryJobStore implements JobStore {
  /* By text, because UUID.compareTo compares signed halves. */
  private static final Comparator<Job> OLDEST_FIRST =
      Comparator.comparing((Job job) -> job.times().created())
          .thenComparing(job -> job.id().toString());
  private static final Comparator<Job> NEXT_TO_CLAIM =
      Comparator.comparingInt((Job job) -> -job.spec().priority()).thenComparing(OLDEST_FIRST);

  private record OwnersKey(long owner, String key) {}

  private record Due(Instant at, Job job) {}

  private final Map<UUID, Job> jobs = new HashMap<>();
  private final Map<OwnersKey, UUID> keys = new HashMap<>();
  private final Map<UUID, List<Milestone>> milestones = new HashMap<>();
  private final Map<UUID, List<LogLine>> logs = new HashMap<>();
  private final Map<UUID, Checkpoint> checkpoints = new HashMap<>();
  private final PendingAnnouncements announcements = new PendingAnnouncements();
  private final Map<String, QueueRule> rules = new HashMap<>();
  private final Map<String, Instant> nextStarts = new HashMap<>();
  private @Nullable String life;

  /** An empty store. */
  public InMemoryJobStore() {}

  @Override
  public synchronized String life(String proposed) {
    life = Objects.requireNonNullElse(life, proposed);
    return life;
  }

  @Override
  public synchronized List<Job> insert(List<Job> added, List<Milestone> events) {
    var named = new HashMap<>(keys);
    var fresh = new HashMap<UUID, Job>();
    var stored = new ArrayList<Job>();
    for (var job : added) {
      var holder = key(job).map(name -> named.putIfAbsent(name, job.id()));
      stored.add(holder.map(id -> fresh.getOrDefault(id, jobs.get(id))).orElse(job));
      if (holder.isEmpty()) {
        fresh.put(job.id(), job);
      }
      if (!stored.getLast().spec().sameRequest(job.spec())) {
        return with(added, stored.size() - 1, stored.getLast());
      }
    }
    fresh.values().forEach(this::add);
    events.stream()
        .filter(event -> fresh.containsKey(event.event().job().id()))
        .forEach(event -> add(event.event().job().id(), List.of(event)));
    return stored;
  }

  private static List<Job> with(List<Job> added, int place, Job earlier) {
    var answer = new ArrayList<>(added);
    answer.set(place, earlier);
    return answer;
  }

  private void add(Job job) {
    if (jobs.putIfAbsent(job.id(), job) != null) {
      throw new IllegalStateException("There already is a job " + job.id());
    }
    key(job).ifPresent(name -> keys.put(name, job.id()));
  }

  private static Optional<OwnersKey> key(Job job) {
    var owner = job.spec().owner();
    return Optional.ofNullable(job.spec().idempotencyKey())
        .map(key -> new OwnersKey(owner == null ? 0 : owner, key));
  }

  @Override
  public synchronized Optional<Job> find(UUID id) {
    return Optional.ofNullable(jobs.get(id));
  }

  private void add(UUID id, List<Milestone> events) {
    milestones.computeIfAbsent(id, _ -> new ArrayList<>()).addAll(events);
  }

  @Override
  public synchronized boolean update(Job next, long expectedVersion, List<Milestone> events) {
    var stored = jobs.get(next.id());
    if (stored == null
        || stored.version() != expectedVersion
        || stored.position().reports() > next.position().reports()
        || stored.position().line() > next.position().line()) {
      return false;
    }
    jobs.put(next.id(), next);
    add(next.id(), events);
    var ended = next.times().completed();
    var url = next.spec().callbackUrl();
    if (ended != null && url != null) {
      announcements.add(new Announcement(next.id(), url, 0), ended);
    }
    return true;
  }

  @Override
  public synchronized boolean claim(Job next, long expectedVersion, List<Milestone> events) {
    var now = next.times().updated();
    if (heldBack(next, now) || !update(next, expectedVersion, events)) {
      return false;
    }
    var rate = rule(next.spec().queue()).rate();
    if (rate != null) {
      nextStarts.put(next.spec().queue(), now.plus(rate.spacing()));
    }
    return true;
  }

  private boolean heldBack(Job job, Instant now) {
    var queue = job.spec().queue();
    return rule(queue).paused() || nextStart(queue, now).isPresent() || keyHeld(job);
  }

  private boolean keyHeld(Job job) {
    var key = job.spec().key();
    return key != null
        && in(JobStatus.IN_PROGRESS).filter(other -> sameKey(job, other)).count() >= key.limit();
  }

  private static boolean sameKey(Job job, Job other) {
    var one = job.spec().key();
    var two = other.spec().key();
    return one != null
        && two != null
        && one.name().equals(two.name())
        && Objects.equals(job.spec().owner(), other.spec().owner());
  }

  private QueueRule rule(String queue) {
    return rules.getOrDefault(queue, QueueRule.NONE);
  }

  @Override
  public synchronized List<Queue> queues() {
    var names = new TreeSet<>(rules.keySet());
    jobs.values().stream()
        .filter(job -> !job.ended())
        .forEach(job -> names.add(job.spec().queue()));
    return names.stream()
        .map(name ->
            new Queue(
                name,
                rule(name),
                count(name, JobStatus.QUEUED),
                count(name, JobStatus.IN_PROGRESS)))
        .toList();
  }

  private long count(String queue, JobStatus status) {
    return in(status).filter(job -> job.spec().queue().equals(queue)).count();
  }

  @Override
  public synchronized void setRule(String queue, QueueRule rule) {
    nextStarts.remove(queue);
    if (rule.equals(QueueRule.NONE)) {
      rules.remove(queue);
    } else {
      rules.put(queue, rule);
    }
  }

  @Override
  public synchronized Optional<Instant> nextStart(String queue, Instant now) {
    return Optional.ofNullable(nextStarts.get(queue)).filter(next -> next.isAfter(now));
  }

  @Override
  public synchronized QueuePlace.Facts queueFacts(Job job, Instant now) {
    var ahead =
        in(JobStatus.QUEUED)
            .filter(other -> inQueueOf(job, other) && ready(other, now))
            .filter(other -> NEXT_TO_CLAIM.compare(other, job) < 0)
            .limit(QueuePlace.COUNTED + 1L)
            .count();
    var starts =
        jobs.values().stream()
            .filter(other -> inQueueOf(job, other))
            .flatMap(other -> Stream.ofNullable(other.times().started()))
            .sorted(Comparator.reverseOrder())
            .limit(QueuePlace.STARTS)
            .toList();
    var queue = job.spec().queue();
    return new QueuePlace.Facts(
        (int) ahead, rule(queue), nextStart(queue, now).orElse(now), starts);
  }

  private static boolean inQueueOf(Job job, Job other) {
    return other.spec().queue().equals(job.spec().queue())
        && other.spec().external() == job.spec().external();
  }

  private static boolean ready(Job job, Instant now) {
    var ready = job.times().ready();
    return ready == null || !ready.isAfter(now);
  }

  @Override
  public synchronized List<Milestone> milestones(Job job, long after) {
    return milestones.getOrDefault(job.id(), List.of()).stream()
        .filter(milestone -> milestone.number() > after)
        .toList();
  }

  @Override
  public List<Announcement> callbacksDue(Instant now, int limit, Set<String> exceptHosts) {
    return announcements.callbacksDue(now, limit, exceptHosts);
  }

  @Override
  public boolean claimCallback(Announcement due, Instant now, Instant until) {
    return announcements.claimCallback(due, now, until);
  }

  @Override
  public void callbackTried(Announcement claimed, @Nullable Instant next) {
    announcements.callbackTried(claimed, next);
  }

  @Override
  public synchronized List<Mark> marks(Collection<UUID> ids) {
    return ids.stream().map(jobs::get).filter(Objects::nonNull).map(Mark::of).toList();
  }

  @Override
  public synchronized void keep(Collection<Checkpoint> newer) {
    for (var checkpoint : newer) {
      var job = jobs.get(checkpoint.job());
      if (job != null && !job.ended()) {
        checkpoints.merge(job.id(), checkpoint, InMemoryJobStore::newest);
      }
    }
  }

  private static Checkpoint newest(Checkpoint kept, Checkpoint other) {
    return other.attempt() > kept.attempt()
            || (other.attempt() == kept.attempt() && !other.at().isBefore(kept.at()))
        ? other
        : kept;
  }

  @Override
  public synchronized Optional<Checkpoint> kept(UUID job) {
    return Optional.ofNullable(checkpoints.get(job));
  }

  @Override
  public synchronized Set<UUID> storeProgress(Collection<Job> progressed) {
    var skipped = new HashSet<UUID>();
    for (var job : progressed) {
      var stored = jobs.get(job.id());
      var known = stored == null ? job : job.at(job.position().withLine(stored.position().line()));
      if (stored == null || !follows(stored, job) || !update(known, job.version(), List.of())) {
        skipped.add(job.id());
      }
    }
    return skipped;
  }

  private static boolean follows(Job stored, Job next) {
    var reports = next.position().reports() - stored.position().reports();
    var same = Objects.equals(stored.progress().percent(), next.progress().percent());
    return reports > 0 || (reports == 0 && same);
  }

  @Override
  public synchronized boolean delete(UUID id) {
    var job = jobs.get(id);
    if (job == null || !job.ended()) {
      return false;
    }
    jobs.remove(id);
    milestones.remove(id);
    logs.remove(id);
    announcements.remove(id.toString()::equals);
    key(job).ifPresent(keys::remove);
    return true;
  }

  private static boolean follows(Job job, ListPlace place) {
    var order = job.times().created().compareTo(place.created());
    return order < 0 || (order == 0 && job.id().toString().compareTo(place.id().toString()) < 0);
  }

  private List<Job> passed(Filter filter) {
    return jobs.values().stream()
        .filter(job -> passes(job, filter))
        .sorted(OLDEST_FIRST.reversed())
        .toList();
  }

  @Override
  public synchronized Page<Job> list(Filter filter, PageRequest page) {
    var passed = passed(filter);
    var after = page.after(ListPlace::parse);
    var items =
        passed.stream()
            .filter(job -> after == null || follows(job, after))
            .skip(page.offset())
            .limit(page.size())
            .map(Job::listed)
            .toList();
    return Page.of(page, items, passed.size(), ListPlace::of);
  }

  private static boolean passes(Job job, Filter filter) {
    return (filter.types() == null || filter.types().contains(job.spec().type()))
        && (filter.statuses() == null || filter.statuses().contains(job.status()))
        && (filter.queue() == null || filter.queue().equals(job.spec().queue()))
        && (filter.parent() == null || filter.parent().equals(parent(job)))
        && (filter.tag() == null || job.spec().tags().contains(filter.tag()))
        && (filter.visibleTo() == null || filter.visibleTo().admits(job.spec().owner()));
  }

  private static @Nullable UUID parent(Job job) {
    var family = job.spec().family();
    return family == null ? null : family.parent();
  }

  @Override
  public synchronized List<UUID> waiting(Waiting query, Instant now, int limit) {
    return in(JobStatus.QUEUED)
        .filter(job -> takes(query, job))
        .filter(job -> ready(job, now) && !heldBack(job, now))
        .sorted(NEXT_TO_CLAIM)
        .limit(limit)
        .map(Job::id)
        .toList();
  }

  @Override
  public synchronized boolean readied(Instant after, Instant now) {
    var moments =
        Stream.concat(
            in(JobStatus.QUEUED).flatMap(job -> Stream.ofNullable(job.times().ready())),
            nextStarts.values().stream());
    return moments.anyMatch(moment -> moment.isAfter(after) && !moment.isAfter(now));
  }

  private static boolean takes(Waiting query, Job job) {
    var spec = job.spec();
    return spec.queue().equals(query.queue())
        && spec.external() == query.external()
        && (query.types().isEmpty() || query.types().contains(spec.type()))
        && (query.owners() == null || query.owners().admits(spec.owner()));
  }

  @Override
  public synchronized List<UUID> due(Instant now, int limit) {
    return in(JobStatus.IN_PROGRESS)
        .flatMap(job -> JobStore.dueAt(job).map(at -> new Due(at, job)).stream())
        .filter(due -> !due.at().isAfter(now))
        .sorted(Comparator.comparing(Due::at).thenComparing(Due::job, OLDEST_FIRST))
        .limit(limit)
        .map(due -> due.job().id())
        .toList();
  }

  @Override
  public synchronized List<UUID> heldBy(String worker) {
    return in(JobStatus.IN_PROGRESS)
        .filter(job -> job.lease() != null && job.lease().worker().equals(worker))
        .sorted(OLDEST_FIRST)
        .map(Job::id)
        .toList();
  }

  @Override
  public synchronized List<Job> children(UUID parent) {
    return jobs.values().stream()
        .filter(job -> job.spec().family() != null && job.spec().family().parent().equals(parent))
        .sorted(OLDEST_FIRST)
        .map(Job::listed)
        .toList();
  }

  @Override
  public synchronized List<UUID> orphans(int limit) {
    return jobs.values().stream()
        .filter(job -> !job.ended() && job.cancel() == null && followsItsParent(job))
        .sorted(OLDEST_FIRST)
        .limit(limit)
        .map(Job::id)
        .toList();
  }

  private boolean followsItsParent(Job job) {
    var family = job.spec().family();
    if (family == null || family.onParentEnd() == ParentEnd.CONTINUE) {
      return false;
    }
    var parent = jobs.get(family.parent());
    return parent != null && (parent.ended() || parent.cancel() != null);
  }

  private Stream<Job> in(JobStatus status) {
    return jobs.values().stream().filter(job -> job.status() == status);
  }

  @Override
  public synchronized List<LogLine> appendLog(UUID id, List<LogLine> lines) {
    var job = jobs.get(id);
    if (job == null || job.ended()) {
      return List.of();
    }
    var log = logs.computeIfAbsent(id, _ -> new ArrayList<>());
    var from = log.size();
    lines.forEach(line -> log.add(line.numbered(log.size() + 1L)));
    jobs.put(id, job.at(job.position().withLine(log.size())));
    return List.copyOf(log.subList(from, log.size()));
  }

  @Override
  public synchronized List<LogLine> log(UUID id, long afterNumber, int limit) {
    return logs.getOrDefault(id, List.of()).stream().skip(afterNumber).limit(limit).toList();
  }

  @Override
  public synchronized List<LogLine> log(UUID id, String stream, long afterNumber, int limit) {
    return logs.getOrDefault(id, List.of()).stream()
        .skip(afterNumber)
        .filter(line -> line.stream().equals(stream))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Duration> durations(String type, int limit) {
    return in(JobStatus.COMPLETED)
        .filter(job -> job.spec().type().equals(type) && job.times().started() != null)
        .sorted(Comparator.comparing(InMemoryJobStore::completed).reversed())
        .limit(limit)
        .map(job -> Duration.between(job.times().started(), completed(job)))
        .toList();
  }

  private static Instant completed(Job job) {
    return Objects.requireNonNull(job.times().completed(), "an ended job has a time of its end");
  }

  @Override
  public synchronized int purge(Instant endedBefore) {
    var old =
        jobs.values().stream()
            .filter(job -> job.ended() && completed(job).isBefore(endedBefore))
            .map(Job::id)
            .toList();
    old.forEach(this::delete);
    return old.size();
  }
}
