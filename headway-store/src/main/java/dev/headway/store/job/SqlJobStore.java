package dev.headway.store.job;

import dev.headway.core.job.Checkpoint;
import dev.headway.core.job.Job;
import dev.headway.core.job.LogLine;
import dev.headway.core.job.Milestone;
import dev.headway.core.job.QueuePlace;
import dev.headway.core.job.QueueRule;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import dev.headway.store.Columns;
import dev.headway.store.Database;
import dev.headway.store.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Jobs in a database with {@link Schema#CORE}. Moments are kept to the microsecond. Safe for use by
 * any thread.
 */
public final class SqlJobStore implements JobStore {
  /* A purge holds the only writer of an SQLite file for no longer than this many rows take. */
  private static final int PURGE_CHUNK = 1_000;

  private static final int MARKS = 1_000;

  private final Database database;
  private final SqlQueues queues;

  /** Jobs in {@code database}. */
  public SqlJobStore(Database database) {
    this.database = database;
    this.queues = new SqlQueues(database);
  }

  @Override
  public String life(String proposed) {
    return database.write(handle -> {
      handle.createUpdate(JobSql.PROPOSE_LIFE).bind("life", proposed).execute();
      return handle.createQuery(JobSql.LIFE).mapTo(String.class).one();
    });
  }

  @Override
  public List<Job> insert(List<Job> jobs, List<Milestone> milestones) {
    try {
      return database.write(handle -> inserted(handle, jobs, milestones));
    } catch (OtherRequestException undone) {
      var answer = new ArrayList<>(jobs);
      answer.set(undone.place, undone.earlier);
      return answer;
    }
  }

  /** Undoes an insertion because an idempotency key stands for another request. */
  private static final class OtherRequestException extends RuntimeException {
    final int place;
    final transient Job earlier;

    OtherRequestException(int place, Job earlier) {
      this.place = place;
      this.earlier = earlier;
    }
  }

  private static List<Job> inserted(Handle handle, List<Job> jobs, List<Milestone> milestones) {
    var stored = new ArrayList<Job>(jobs.size());
    for (var job : jobs) {
      stored.add(insertedOrEarlier(handle, job));
      if (!stored.getLast().spec().sameRequest(job.spec())) {
        throw new OtherRequestException(stored.size() - 1, stored.getLast());
      }
    }
    var ids = stored.stream().map(Job::id).collect(Collectors.toSet());
    add(handle, milestones.stream().filter(each -> ids.contains(each.event().job().id())).toList());
    return stored;
  }

  /*
   * An earlier job with the key may be deleted by another node between the two statements; then
   * there is room for this one.
   */
  private static Job insertedOrEarlier(Handle handle, Job job) {
    while (!inserted(handle, job)) {
      var earlier = sameKey(handle, job);
      if (earlier.isPresent()) {
        return earlier.get();
      }
    }
    return job;
  }

  private static void add(Handle handle, List<Milestone> milestones) {
    for (var milestone : milestones) {
      try (var insert = handle.createUpdate(JobSql.INSERT_EVENT)) {
        JobBinding.event(insert, milestone);
        insert.execute();
      }
    }
  }

  private static boolean inserted(Handle handle, Job job) {
    try (var insert = handle.createUpdate(JobSql.INSERT)) {
      JobBinding.spec(insert, job);
      JobBinding.transition(insert, job);
      JobBinding.progress(insert, job);
      if (insert.execute() == 0) {
        return false;
      }
    }
    handle
        .createUpdate(JobSql.INSERT_PAYLOAD)
        .bind("id", job.id())
        .bind("payload", job.spec().payload().text())
        .execute();
    insertTags(handle, job);
    return true;
  }

  private static void insertTags(Handle handle, Job job) {
    if (job.spec().tags().isEmpty()) {
      return;
    }
    try (var batch = handle.prepareBatch(JobSql.INSERT_TAG)) {
      job.spec().tags().forEach(tag -> batch.bind("id", job.id()).bind("tag", tag).add());
      batch.execute();
    }
  }

  private static Optional<Job> sameKey(Handle handle, Job job) {
    return handle
        .createQuery(JobSql.FIND_BY_KEY)
        .bind("owner", JobBinding.owner(job))
        .bind("idempotency_key", job.spec().idempotencyKey())
        .map(new JobRow())
        .findOne();
  }

  @Override
  public Optional<Job> find(UUID id) {
    return database.read(
        handle -> handle.createQuery(JobSql.FIND).bind("id", id).map(new JobRow()).findOne());
  }

  @Override
  public boolean update(Job next, long expectedVersion, List<Milestone> milestones) {
    return database.write(handle -> {
      var updated = updated(handle, JobSql.UPDATE, next, expectedVersion);
      if (updated) {
        add(handle, milestones);
      }
      return updated;
    });
  }

  private static boolean updated(Handle handle, String sql, Job next, long expectedVersion) {
    try (var update = handle.createUpdate(sql)) {
      JobBinding.transition(update, next);
      JobBinding.progress(update, next);
      update.bind("log_lines", next.position().line());
      return update.bind("id", next.id()).bind("expected", expectedVersion).execute() == 1;
    }
  }

  @Override
  public boolean claim(Job next, long expectedVersion, List<Milestone> milestones) {
    return database.write(handle -> {
      var rate = queues.turn(handle, next);
      var claimed = updated(handle, JobSql.CLAIM, next, expectedVersion);
      if (claimed) {
        add(handle, milestones);
        if (rate != null) {
          SqlQueues.started(handle, next, rate);
        }
      }
      return claimed;
    });
  }

  @Override
  public List<Queue> queues() {
    return queues.all();
  }

  @Override
  public void setRule(String queue, QueueRule rule) {
    queues.setRule(queue, rule);
  }

  @Override
  public Optional<Instant> nextStart(String queue, Instant now) {
    return queues.nextStart(queue, now);
  }

  @Override
  public QueuePlace.Facts queueFacts(Job job, Instant now) {
    return queues.facts(job, now);
  }

  @Override
  public List<Milestone> milestones(Job job, long after) {
    return database.read(handle ->
        handle
            .createQuery(JobSql.EVENTS)
            .bind("id", job.id())
            .bind("after", after)
            .map(new MilestoneRow(job))
            .list());
  }

  /* In the order of ids, so that two nodes cannot lock the same rows crosswise. */
  @Override
  public Set<UUID> storeProgress(Collection<Job> jobs) {
    if (jobs.isEmpty()) {
      return Set.of();
    }
    var sorted = jobs.stream().sorted(Comparator.comparing(Job::id)).toList();
    var written =
        database.writeRelaxed(handle -> {
          try (var batch = handle.prepareBatch(JobSql.STORE_PROGRESS)) {
            for (var job : sorted) {
              JobBinding.progress(batch, job);
              batch.bind("id", job.id()).bind("version", job.version()).add();
            }
            return batch.execute();
          }
        });
    return IntStream.range(0, written.length)
        .filter(at -> written[at] == 0)
        .mapToObj(at -> sorted.get(at).id())
        .collect(Collectors.toSet());
  }

  @Override
  public void keep(Collection<Checkpoint> checkpoints) {
    if (checkpoints.isEmpty()) {
      return;
    }
    var sorted = checkpoints.stream().sorted(Comparator.comparing(Checkpoint::job)).toList();
    database.write(handle -> {
      try (var batch = handle.prepareBatch(JobSql.KEEP)) {
        for (var checkpoint : sorted) {
          CheckpointRow.bind(batch, checkpoint);
          batch.add();
        }
        return batch.execute();
      }
    });
  }

  @Override
  public Optional<Checkpoint> kept(UUID job) {
    return database.read(handle ->
        handle.createQuery(JobSql.KEPT).bind("job", job).map(new CheckpointRow()).findOne());
  }

  @Override
  public List<Mark> marks(Collection<UUID> ids) {
    var all = List.copyOf(ids);
    var marks = new ArrayList<Mark>(all.size());
    for (var from = 0; from < all.size(); from += MARKS) {
      var some = all.subList(from, Math.min(all.size(), from + MARKS));
      marks.addAll(
          database.read(handle ->
              handle
                  .createQuery(JobSql.MARKS)
                  .bindList("ids", some)
                  .map(SqlJobStore::mark)
                  .list()));
    }
    return marks;
  }

  private static Mark mark(ResultSet row, StatementContext context) throws SQLException {
    return new Mark(
        Columns.present(Columns.uuid(row, "id")),
        row.getLong("version"),
        JobRow.position(row),
        Columns.real(row, "percent"),
        Columns.instant(row, "lease_expires_at"));
  }

  @Override
  public boolean delete(UUID id) {
    return database.write(handle -> handle.createUpdate(JobSql.DELETE).bind("id", id).execute())
        == 1;
  }

  @Override
  public Page<Job> list(Filter filter, PageRequest page) {
    var after = page.after(ListPlace::parse);
    if (JobQuery.empty(filter)) {
      return new Page<>(List.of(), 0);
    }
    return database.snapshot(handle -> {
      var query = after == null ? JobQuery.page(filter) : JobQuery.after(filter, after);
      var items = query.on(handle).bind("limit", page.size()).bind("offset", page.offset());
      var total = JobQuery.total(filter).on(handle).mapTo(long.class);
      return Page.of(page, items.map(new JobRow()).list(), total.one(), ListPlace::of);
    });
  }

  @Override
  public List<UUID> waiting(Waiting waiting, Instant now, int limit) {
    return database.read(handle ->
        JobQuery.waiting(waiting)
            .on(handle)
            .bind("queue", waiting.queue())
            .bind("external", waiting.external())
            .bind("now", now)
            .bind("limit", limit)
            .mapTo(UUID.class)
            .list());
  }

  @Override
  public boolean readied(Instant after, Instant now) {
    return database.read(handle ->
        handle
            .createQuery(JobSql.READIED)
            .bind("after", after)
            .bind("now", now)
            .mapTo(int.class)
            .findFirst()
            .isPresent());
  }

  @Override
  public List<UUID> due(Instant now, int limit) {
    return database.read(handle ->
        handle
            .createQuery(JobSql.DUE)
            .bind("now", now)
            .bind("limit", limit)
            .mapTo(UUID.class)
            .list());
  }

  @Override
  public List<Announcement> callbacksDue(Instant now, int limit, Set<String> exceptHosts) {
    var hosts = new CallbackHosts(exceptHosts);
    return database.read(handle ->
        hosts
            .bound(handle.createQuery(JobSql.callbacksDue(hosts)))
            .bind("now", now)
            .bind("limit", limit)
            .map(SqlJobStore::callback)
            .list());
  }

  private static Announcement callback(ResultSet row, StatementContext context)
      throws SQLException {
    return new Announcement(
        Columns.present(Columns.uuid(row, "id")),
        row.getString("callback_url"),
        row.getInt("callback_attempts"));
  }

  @Override
  public boolean claimCallback(Announcement due, Instant now, Instant until) {
    return database.write(handle ->
        handle
            .createUpdate(JobSql.CLAIM_CALLBACK)
            .bind("id", due.job())
            .bind("attempts", due.attempts())
            .bind("now", now)
            .bind("until", until)
            .execute())
        == 1;
  }

  @Override
  public void callbackTried(Announcement claimed, @Nullable Instant next) {
    database.write(handle ->
        handle
            .createUpdate(JobSql.CALLBACK_TRIED)
            .bind("id", claimed.job())
            .bind("attempts", claimed.attempts() + 1)
            .bind("next", next)
            .execute());
  }

  @Override
  public List<UUID> heldBy(String worker) {
    return database.read(handle ->
        handle.createQuery(JobSql.HELD_BY).bind("worker", worker).mapTo(UUID.class).list());
  }

  @Override
  public List<Job> children(UUID parent) {
    return database.read(
        handle -> jobs(handle.createQuery(JobSql.CHILDREN).bind("parent", parent)));
  }

  @Override
  public List<UUID> orphans(int limit) {
    return database.read(
        handle -> handle.createQuery(JobSql.ORPHANS).bind("limit", limit).mapTo(UUID.class).list());
  }

  private static List<Job> jobs(Query query) {
    return query.map(new JobRow()).list();
  }

  @Override
  public List<LogLine> appendLog(UUID id, List<LogLine> lines) {
    if (lines.isEmpty()) {
      return List.of();
    }
    return database.write(handle -> {
      var count = handle.createUpdate(JobSql.COUNT_LINES).bind("count", lines.size());
      return count.bind("id", id).execute() == 0 ? List.of() : added(handle, id, lines);
    });
  }

  private static List<LogLine> added(Handle handle, UUID id, List<LogLine> lines) {
    var last = handle.createQuery(JobSql.LAST_LINE).bind("id", id).mapTo(long.class).one();
    var numbered = new ArrayList<LogLine>(lines.size());
    try (var batch = handle.prepareBatch(JobSql.APPEND_LOG)) {
      for (var line : lines) {
        var next = line.numbered(last - lines.size() + numbered.size() + 1);
        numbered.add(next);
        batch
            .bind("id", id)
            .bind("number", next.number())
            .bind("at", next.at())
            .bind("stream", next.stream())
            .bind("text", next.text())
            .add();
      }
      batch.execute();
    }
    return numbered;
  }

  @Override
  public List<LogLine> log(UUID id, long afterNumber, int limit) {
    return database.read(handle ->
        handle
            .createQuery(JobSql.LOG)
            .bind("id", id)
            .bind("after", afterNumber)
            .bind("limit", limit)
            .map(SqlJobStore::line)
            .list());
  }

  @Override
  public List<LogLine> log(UUID id, String stream, long afterNumber, int limit) {
    return database.read(handle ->
        handle
            .createQuery(JobSql.STREAM)
            .bind("id", id)
            .bind("stream", stream)
            .bind("after", afterNumber)
            .bind("limit", limit)
            .map(SqlJobStore::line)
            .list());
  }

  private static LogLine line(ResultSet row, StatementContext context) throws SQLException {
    return new LogLine(
        row.getLong("number"),
        Columns.present(Columns.instant(row, "at")),
        row.getString("stream"),
        row.getString("text"));
  }

  @Override
  public List<Duration> durations(String type, int limit) {
    return database.read(handle ->
        handle
            .createQuery(JobSql.DURATIONS)
            .bind("type", type)
            .bind("limit", limit)
            .mapTo(Duration.class)
            .list());
  }

  @Override
  public int purge(Instant endedBefore) {
    var removed = 0;
    for (var chunk = PURGE_CHUNK; chunk == PURGE_CHUNK; removed += chunk) {
      chunk =
          database.write(handle ->
              handle
                  .createUpdate(JobSql.PURGE)
                  .bind("before", endedBefore)
                  .bind("limit", PURGE_CHUNK)
                  .execute());
    }
    return removed;
  }
}
