package dev.headway.core.engine;

import dev.headway.core.job.Checkpoint;
import dev.headway.core.job.Job;
import dev.headway.core.job.LogLine;
import dev.headway.core.job.Milestone;
import dev.headway.core.job.QueuePlace;
import dev.headway.core.job.QueueRule;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store that goes down, or loses the answer to a write, when a test says so; and counts. */
final class FaultyStore implements JobStore {
  private final JobStore store;

  /** Nothing works. */
  volatile boolean down;

  /** The next update or line is committed, but its caller never learns of it. */
  volatile boolean losesNextAnswer;

  /** Runs before past runs are read, which is when a report is under way. */
  volatile Runnable beforeDurations = () -> {};

  /** Runs after children were read and before they are returned. */
  volatile Runnable beforeChildrenAreReturned = () -> {};

  /** Runs after an update was committed and before its caller knows. */
  volatile Runnable afterCommit = () -> {};

  /** Is given the waiting jobs before they are returned. */
  volatile Consumer<List<UUID>> afterWaiting = _ -> {};

  /** Runs before a job is found. */
  volatile Consumer<UUID> beforeFind = _ -> {};

  /** Jobs that are due although there are no such jobs. */
  volatile List<UUID> ghosts = List.of();

  final AtomicInteger refusedUpdates = new AtomicInteger();
  final AtomicInteger progressStored = new AtomicInteger();
  final AtomicInteger kept = new AtomicInteger();

  /** Calls of any kind. */
  final AtomicInteger reads = new AtomicInteger();

  final AtomicInteger milestonesRead = new AtomicInteger();

  /** What happens right before milestones are read. */
  volatile Runnable beforeMilestones = () -> {};

  final AtomicInteger durationsAsked = new AtomicInteger();

  FaultyStore(JobStore store) {
    this.store = store;
  }

  private JobStore up() {
    reads.incrementAndGet();
    if (down) {
      throw new IllegalStateException("The database is gone");
    }
    return store;
  }

  @Override
  public void keep(Collection<Checkpoint> checkpoints) {
    up().keep(checkpoints);
    kept.addAndGet(checkpoints.size());
  }

  @Override
  public Optional<Checkpoint> kept(UUID job) {
    return up().kept(job);
  }

  @Override
  public String life(String proposed) {
    return up().life(proposed);
  }

  @Override
  public List<Job> insert(List<Job> jobs, List<Milestone> milestones) {
    return up().insert(jobs, milestones);
  }

  @Override
  public boolean readied(Instant after, Instant now) {
    return up().readied(after, now);
  }

  @Override
  public Optional<Job> find(UUID id) {
    beforeFind.accept(id);
    return up().find(id);
  }

  @Override
  public boolean update(Job next, long expectedVersion, List<Milestone> milestones) {
    if (down) {
      refusedUpdates.incrementAndGet();
    }
    return committed(up().update(next, expectedVersion, milestones));
  }

  @Override
  public boolean claim(Job next, long expectedVersion, List<Milestone> milestones) {
    if (down) {
      refusedUpdates.incrementAndGet();
    }
    return committed(up().claim(next, expectedVersion, milestones));
  }

  private boolean committed(boolean written) {
    afterCommit.run();
    if (losesNextAnswer) {
      losesNextAnswer = false;
      throw new IllegalStateException("The connection broke after the commit");
    }
    return written;
  }

  @Override
  public List<Queue> queues() {
    return up().queues();
  }

  @Override
  public void setRule(String queue, QueueRule rule) {
    up().setRule(queue, rule);
  }

  @Override
  public Optional<Instant> nextStart(String queue, Instant now) {
    return up().nextStart(queue, now);
  }

  @Override
  public QueuePlace.Facts queueFacts(Job job, Instant now) {
    return up().queueFacts(job, now);
  }

  @Override
  public List<Mark> marks(Collection<UUID> ids) {
    return up().marks(ids);
  }

  @Override
  public Set<UUID> storeProgress(Collection<Job> jobs) {
    var skipped = up().storeProgress(jobs);
    progressStored.addAndGet(jobs.size());
    return skipped;
  }

  @Override
  public boolean delete(UUID id) {
    return up().delete(id);
  }

  @Override
  public Page<Job> list(Filter filter, PageRequest page) {
    return up().list(filter, page);
  }

  @Override
  public List<UUID> waiting(Waiting query, Instant now, int limit) {
    var found = up().waiting(query, now, limit);
    afterWaiting.accept(found);
    return found;
  }

  @Override
  public List<UUID> due(Instant now, int limit) {
    return Stream.concat(ghosts.stream(), up().due(now, limit).stream()).toList();
  }

  @Override
  public List<UUID> heldBy(String worker) {
    return up().heldBy(worker);
  }

  @Override
  public List<Job> children(UUID parent) {
    var children = up().children(parent);
    beforeChildrenAreReturned.run();
    return children;
  }

  @Override
  public List<UUID> orphans(int limit) {
    return up().orphans(limit);
  }

  @Override
  public List<LogLine> appendLog(UUID id, List<LogLine> lines) {
    var appended = up().appendLog(id, lines);
    committed(true);
    return appended;
  }

  @Override
  public List<LogLine> log(UUID id, long afterNumber, int limit) {
    return up().log(id, afterNumber, limit);
  }

  @Override
  public List<LogLine> log(UUID id, String stream, long afterNumber, int limit) {
    return up().log(id, stream, afterNumber, limit);
  }

  @Override
  public List<Milestone> milestones(Job job, long after) {
    milestonesRead.incrementAndGet();
    beforeMilestones.run();
    return up().milestones(job, after);
  }

  @Override
  public List<Duration> durations(String type, int limit) {
    durationsAsked.incrementAndGet();
    beforeDurations.run();
    return up().durations(type, limit);
  }

  @Override
  public List<Announcement> callbacksDue(Instant now, int limit, Set<String> exceptHosts) {
    return up().callbacksDue(now, limit, exceptHosts);
  }

  @Override
  public boolean claimCallback(Announcement due, Instant now, Instant until) {
    return up().claimCallback(due, now, until);
  }

  @Override
  public void callbackTried(Announcement claimed, @Nullable Instant next) {
    up().callbackTried(claimed, next);
  }

  @Override
  public int purge(Instant endedBefore) {
    return up().purge(endedBefore);
  }
}
