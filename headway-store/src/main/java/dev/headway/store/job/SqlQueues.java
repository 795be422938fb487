package dev.headway.store.job;

import dev.headway.core.job.ConcurrencyKey;
import dev.headway.core.job.Job;
import dev.headway.core.job.QueuePlace;
import dev.headway.core.job.QueueRule;
import dev.headway.core.job.StartRate;
import dev.headway.core.port.JobStore.Queue;
import dev.headway.store.Columns;
import dev.headway.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Queues in the database: their rules, and which of their jobs may begin. Safe for any thread. */
final class SqlQueues {
  /**
   * A condition on a waiting job that nothing holds it back at {@code :now}. What runs under a key
   * is counted each time: there is no counter that a crash could leave wrong.
   */
  static final String NOT_HELD_BACK =
      """
       AND NOT EXISTS (SELECT 1 FROM queue
         WHERE queue.name = job.queue AND (queue.paused OR queue.next_start_at > :now))
       AND (job.concurrency_key IS NULL OR job.concurrency_limit > (
         SELECT count(*) FROM job AS running
         WHERE running.owner = job.owner AND running.concurrency_key = job.concurrency_key
           AND running.concurrency_key IS NOT NULL AND running.status = 'IN_PROGRESS'))
      """;

  static final String AHEAD =
      """
      SELECT count(*) FROM (
        SELECT 1 FROM job WHERE status = 'QUEUED' AND queue = :queue AND external = :external
          AND (ready_at IS NULL OR ready_at <= :now)
          AND (priority > :priority
            OR (priority = :priority AND (created_at, id) < (:created_at, :id)))
        LIMIT :limit) AS ahead
      """;

  static final String STARTS =
      """
      SELECT started_at FROM job
      WHERE queue = :queue AND external = :external AND started_at IS NOT NULL
      ORDER BY started_at DESC LIMIT :limit
      """;

  private static final String RULE = "SELECT * FROM queue WHERE name = :name";

  private static final String ALL =
      """
      SELECT names.name, paused, rate_starts, rate_period,
        (SELECT count(*) FROM job WHERE status = 'QUEUED' AND job.queue = names.name) AS waiting,
        (SELECT count(*) FROM job WHERE status = 'IN_PROGRESS' AND job.queue = names.name) AS running
      FROM (SELECT name FROM queue
        UNION SELECT queue FROM job WHERE status IN ('QUEUED', 'IN_PROGRESS')) AS names
      LEFT JOIN queue ON queue.name = names.name
      ORDER BY names.name
      """;

  private static final String REMOVE_RULE = "DELETE FROM queue WHERE name = :name";

  private static final String SET_RULE =
      """
      INSERT INTO queue (name, paused, rate_starts, rate_period, next_start_at)
      VALUES (:name, :paused, :starts, :period, 0)
      ON CONFLICT (name) DO UPDATE SET paused = :paused, rate_starts = :starts,
        rate_period = :period, next_start_at = 0
      """;

  private static final String NEXT_START =
      "SELECT next_start_at FROM queue WHERE name = :name AND next_start_at > :now";

  private static final String STARTED = "UPDATE queue SET next_start_at = :next WHERE name = :name";

  private final Database database;

  SqlQueues(Database database) {
    this.database = database;
  }

  /**
   * Waits for claims of other nodes that might decide on the same thing; to be called before the
   * claim is written.
   *
   * @return the rate of the job's queue; null when it has none
   */
  @Nullable StartRate turn(Handle handle, Job job) {
    var key = job.spec().key();
    if (key != null) {
      database.lock(handle, lock(job, key));
    }
    var rate = rule(handle, job.spec().queue()).rate();
    if (rate != null) {
      database.lock(handle, "queue " + job.spec().queue());
    }
    return rate;
  }

  private static String lock(Job job, ConcurrencyKey key) {
    return "key %d %s".formatted(JobBinding.owner(job), key.name());
  }

  /** Notes that a job of a queue with a rate has begun. */
  static void started(Handle handle, Job job, StartRate rate) {
    handle
        .createUpdate(STARTED)
        .bind("name", job.spec().queue())
        .bind("next", job.times().updated().plus(rate.spacing()))
        .execute();
  }

  private static QueueRule rule(Handle handle, String queue) {
    return handle
        .createQuery(RULE)
        .bind("name", queue)
        .map((row, _) -> rule(row))
        .findOne()
        .orElse(QueueRule.NONE);
  }

  private static QueueRule rule(ResultSet row) throws SQLException {
    var period = Columns.duration(row, "rate_period");
    var rate = period == null ? null : new StartRate(row.getInt("rate_starts"), period);
    return new QueueRule(row.getBoolean("paused"), rate);
  }

  List<Queue> all() {
    return database.read(handle -> handle.createQuery(ALL).map(SqlQueues::queue).list());
  }

  private static Queue queue(ResultSet row, StatementContext context) throws SQLException {
    return new Queue(
        row.getString("name"), rule(row), row.getLong("waiting"), row.getLong("running"));
  }

  void setRule(String queue, QueueRule rule) {
    database.write(handle ->
        rule.equals(QueueRule.NONE)
            ? handle.createUpdate(REMOVE_RULE).bind("name", queue).execute()
            : setRule(handle, queue, rule));
  }

  private static int setRule(Handle handle, String queue, QueueRule rule) {
    var rate = rule.rate();
    return handle
        .createUpdate(SET_RULE)
        .bind("name", queue)
        .bind("paused", rule.paused())
        .bind("starts", rate == null ? null : Integer.valueOf(rate.starts()))
        .bind("period", rate == null ? null : Long.valueOf(Columns.micros(rate.period())))
        .execute();
  }

  Optional<Instant> nextStart(String queue, Instant now) {
    return database.read(handle -> nextStart(handle, queue, now));
  }

  private static Optional<Instant> nextStart(Handle handle, String queue, Instant now) {
    return handle
        .createQuery(NEXT_START)
        .bind("name", queue)
        .bind("now", now)
        .mapTo(Instant.class)
        .findOne();
  }

  QueuePlace.Facts facts(Job job, Instant now) {
    var queue = job.spec().queue();
    return database.read(handle ->
        new QueuePlace.Facts(
            ahead(handle, job, now),
            rule(handle, queue),
            nextStart(handle, queue, now).orElse(now),
            starts(handle, job)));
  }

  private static int ahead(Handle handle, Job job, Instant now) {
    return handle
        .createQuery(AHEAD)
        .bind("queue", job.spec().queue())
        .bind("external", job.spec().external())
        .bind("now", now)
        .bind("priority", job.spec().priority())
        .bind("created_at", job.times().created())
        .bind("id", job.id())
        .bind("limit", QueuePlace.COUNTED + 1)
        .mapTo(int.class)
        .one();
  }

  private static List<Instant> starts(Handle handle, Job job) {
    return handle
        .createQuery(STARTS)
        .bind("queue", job.spec().queue())
        .bind("external", job.spec().external())
        .bind("limit", QueuePlace.STARTS)
        .mapTo(Instant.class)
        .list();
  }
}
