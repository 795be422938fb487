package dev.headway.core.port;

import dev.headway.core.account.Visibility;
import dev.headway.core.job.Checkpoint;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.LogLine;
import dev.headway.core.job.Milestone;
import dev.headway.core.job.QueuePlace;
import dev.headway.core.job.QueueRule;
import dev.headway.core.topic.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The store of jobs. A write survives a crash once its method has returned, except for {@link
 * #storeProgress}. Implementations are safe for use by any thread and may block.
 */
public interface JobStore extends Announcements {
  /**
   * The name of the installation's life: the same for all who use the same store, and after every
   * restart; after a restore from a backup it is another one.
   *
   * @param proposed becomes the name if there is none yet
   */
  String life(String proposed);

  /**
   * Adds jobs, each unless its owner already has one with the same idempotency key. When one of
   * those is of another request ({@link JobSpec#sameRequest}), nothing is added at all.
   *
   * @param milestones the events that led to the jobs, stored with them
   * @return for each job, in this order, the earlier one with its key, or the job itself
   */
  List<Job> insert(List<Job> jobs, List<Milestone> milestones);

  /**
   * Adds one job.
   *
   * @return the earlier job with its key; empty when this one was added
   */
  default Optional<Job> insert(Job job, List<Milestone> milestones) {
    var stored = insert(List.of(job), milestones).getFirst();
    return Optional.of(stored).filter(earlier -> !earlier.id().equals(job.id()));
  }

  /** The job as it was last written. */
  Optional<Job> find(UUID id);

  /**
   * Writes a transition if the stored version is still {@code expectedVersion} and no more reports
   * and lines are stored than {@code next} knows of, so that milestones and lines have one order.
   *
   * @param milestones the events that led to it, stored with it
   * @return false, with nothing written, when another transition, report or line came first
   */
  boolean update(Job next, long expectedVersion, List<Milestone> milestones);

  /**
   * Writes the transition of a job that begins, as {@link #update} does, unless it is held back:
   * its queue is paused or has begun as many as its rate allows, or as many run under its key as
   * may. Decided together with all other claims, of other nodes, too.
   *
   * @param next whose {@code times().updated()} is now
   * @return false, with nothing written, when another transition came first or it is held back
   */
  boolean claim(Job next, long expectedVersion, List<Milestone> milestones);

  /**
   * The milestones of a job after a number, as they were published, in order.
   *
   * @param job as it is now: what does not change, and how it ended, is taken from here
   */
  List<Milestone> milestones(Job job, long after);

  /**
   * Writes progress and leases of jobs whose version has not changed and of which fewer reports are
   * stored, or as many with the same percentage; the others are skipped. So no count of reports
   * ever stands for two percentages. All in one transaction, which may be lost in a power failure.
   *
   * @return the ids of the jobs that were skipped
   */
  Set<UUID> storeProgress(Collection<Job> jobs);

  /**
   * Keeps checkpoints of workers, each in place of an earlier one of its job; those of jobs that
   * have ended or are not there are skipped, and those older than the one that is kept. All in one
   * transaction, which survives a power failure.
   */
  void keep(Collection<Checkpoint> checkpoints);

  /** The newest checkpoint that is kept of a job; empty when there is none. */
  Optional<Checkpoint> kept(UUID job);

  /**
   * How far the jobs of these ids have come, of those that there are: enough to see whether there
   * is more to read. However many they are, they cost a few reads.
   */
  List<Mark> marks(Collection<UUID> ids);

  /** Removes an ended job with its milestones and its log; false when there is none. */
  boolean delete(UUID id);

  /** A page of the jobs that a filter lets through, as {@link Job#listed}, newest first. */
  Page<Job> list(Filter filter, PageRequest page);

  /**
   * The ids of jobs that wait for a worker and may be claimed by {@code now}, the next to be
   * claimed first, at most {@code limit}.
   */
  List<UUID> waiting(Waiting query, Instant now, int limit);

  /**
   * Whether by the passing of time alone a job may be claimed by {@code now} that might not be at
   * an earlier moment: its own moment has come, or that of the next start in its queue.
   */
  boolean readied(Instant after, Instant now);

  /** The queues that have a rule, or jobs that have not ended, by name. */
  List<Queue> queues();

  /** Sets the rule of a queue. Its rate begins anew. */
  void setRule(String queue, QueueRule rule);

  /**
   * The earliest moment of the next start in a queue, where its rate sets one after {@code now}.
   */
  Optional<Instant> nextStart(String queue, Instant now);

  /** The facts about the queue of a waiting job. */
  QueuePlace.Facts queueFacts(Job job, Instant now);

  /**
   * A queue.
   *
   * @param rule by which its jobs begin
   * @param waiting the number of jobs that wait, also for a moment of their own
   * @param running the number of jobs that run
   */
  record Queue(String name, QueueRule rule, long waiting, long running) {}

  /**
   * Running jobs about which something may have to be done by {@code now}: those whose {@link
   * #dueAt} has come, the longest due first.
   */
  List<UUID> due(Instant now, int limit);

  /** Running jobs whose lease the worker holds, oldest first. */
  List<UUID> heldBy(String worker);

  /** The direct children of a job, as {@link Job#listed}, oldest first. */
  List<Job> children(UUID parent);

  /**
   * The ids of children that have not ended nor been asked to stop, and that are to be cancelled
   * with a parent that has ended or been asked to stop: oldest first, at most {@code limit}.
   */
  List<UUID> orphans(int limit);

  /**
   * Adds lines to a job's log, numbered on from its last line.
   *
   * @param lines whose numbers are of no matter
   * @return the lines with their numbers; empty when there is no such job or it has ended
   */
  List<LogLine> appendLog(UUID id, List<LogLine> lines);

  /** Lines of a job's log after a number, in order. */
  List<LogLine> log(UUID id, long afterNumber, int limit);

  /** Lines of one stream of a job's log after a number, in order. */
  List<LogLine> log(UUID id, String stream, long afterNumber, int limit);

  /** How long the newest completed jobs of a type took, at most {@code limit}. */
  List<Duration> durations(String type, int limit);

  /**
   * {@inheritDoc}
   *
   * <p>A job with a callback address is due as soon as its end is stored, in the same transaction.
   */
  @Override
  List<Announcement> callbacksDue(Instant now, int limit, Set<String> exceptHosts);

  /**
   * How far a stored job has come.
   *
   * @param leaseExpiresAt when its worker's lease ends; null while it has none
   */
  record Mark(
      UUID id,
      long version,
      Position position,
      @Nullable Double percent,
      @Nullable Instant leaseExpiresAt) {
    /** The mark of a job. */
    public static Mark of(Job job) {
      var lease = job.lease();
      return new Mark(
          job.id(),
          job.version(),
          job.position(),
          job.progress().percent(),
          lease == null ? null : lease.expiresAt());
    }

    /** Whether it shows watchers something that {@code known} does not; lines do not count. */
    public boolean newerThan(Job known) {
      var ahead = position.reports() - known.position().reports();
      var reached = known.progress().percent();
      var further = percent != null && (reached == null || percent > reached);
      return version > known.version()
          || (version == known.version() && (ahead > 0 || (ahead == 0 && further)));
    }

    /** Whether a job in memory lacks anything of it. */
    public boolean aheadOf(Job known) {
      var lease = known.lease();
      return newerThan(known)
          || position.line() > known.position().line()
          || (lease != null && leaseExpiresAt != null && leaseExpiresAt.isAfter(lease.expiresAt()));
    }
  }

  /** Removes jobs that ended before a moment, with their milestones and logs; returns how many. */
  int purge(Instant endedBefore);

  /**
   * When a running job next needs a look, as far as was stored: its worker falls silent, its lease
   * ends, its attempt times out, or a second has passed since somebody asked that it stop. Stores
   * index it. Empty when the job is not running.
   */
  static Optional<Instant> dueAt(Job job) {
    var lease = job.lease();
    if (job.status() != JobStatus.IN_PROGRESS || lease == null) {
      return Optional.empty();
    }
    var due = job.times().stalledSince() == null ? lease.stallsAt() : lease.expiresAt();
    var started = job.times().started();
    var timeout = job.spec().timeout();
    if (started != null && timeout != null) {
      due = earlier(due, started.plus(timeout));
    }
    var cancel = job.cancel();
    return Optional.of(cancel == null ? due : earlier(due, cancel.at().plusSeconds(1)));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /**
   * A filter of a list of jobs. Null fields match everything.
   *
   * @param visibleTo whose jobs
   * @param types job types
   * @param statuses states
   * @param queue the queue
   * @param parent the parent
   * @param tag a tag
   */
  record Filter(
      @Nullable Visibility visibleTo,
      @Nullable Set<String> types,
      @Nullable Set<JobStatus> statuses,
      @Nullable String queue,
      @Nullable UUID parent,
      @Nullable String tag) {
    /** Jobs of any queue, any parent and any tag. */
    public Filter(
        @Nullable Visibility visibleTo,
        @Nullable Set<String> types,
        @Nullable Set<JobStatus> statuses) {
      this(visibleTo, types, statuses, null, null, null);
    }

    /** Everything. */
    public static final Filter ALL = new Filter(null, null, null);
  }

  /**
   * A job's place in a list. As a text it is what a client names to read on.
   *
   * @param created when it was created
   * @param id its id, which decides between jobs of one moment
   */
  record ListPlace(Instant created, UUID id) {
    private static final Pattern TEXT =
        Pattern.compile("(\\d{1,11})\\.(\\d{1,9})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    /** The place of a job. */
    public static ListPlace of(Job job) {
      return new ListPlace(job.times().created(), job.id());
    }

    /**
     * The place that a text names.
     *
     * @throws IllegalArgumentException when it names none
     */
    public static ListPlace parse(String text) {
      var parts = TEXT.matcher(text);
      if (!parts.matches()) {
        throw new IllegalArgumentException("no place in a list of jobs: " + text);
      }
      var seconds = Long.parseLong(parts.group(1));
      var created = Instant.ofEpochSecond(seconds, Long.parseLong(parts.group(2)));
      return new ListPlace(created, UUID.fromString(parts.group(3)));
    }

    @Override
    public String toString() {
      return created.getEpochSecond() + "." + created.getNano() + "_" + id;
    }
  }

  /**
   * A query for waiting jobs that a worker can take.
   *
   * @param queue the queue
   * @param types the job types it can do; empty for all
   * @param external whether it is a worker outside the server
   * @param owners whose jobs it may take; null for everybody's
   */
  record Waiting(String queue, Set<String> types, boolean external, @Nullable Visibility owners) {}
}
