package dev.headway.store.job;

import dev.headway.core.job.Job;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The statements about jobs, the same for both databases. */
final class JobSql {
  /* What was asked for: written once. */
  private static final List<String> SPEC =
      List.of(
          "id",
          "type",
          "owner",
          "queue",
          "priority",
          "max_attempts",
          "max_lost",
          "retry_first",
          "retry_factor",
          "retry_longest",
          "timeout",
          "external",
          "idempotency_key",
          "retry_of",
          "parent",
          "weight",
          "on_parent_end",
          "callback_url",
          "name",
          "concurrency_key",
          "concurrency_limit",
          "tags",
          "traceparent",
          "created_at");

  /* What only a transition changes. */
  private static final List<String> TRANSITION =
      List.of(
          "status",
          "attempt",
          "version",
          "milestone",
          "lease_token",
          "lease_worker",
          "lease_length",
          "leases_lost",
          "last_lease",
          "ready_at",
          "cancel_at",
          "cancel_keep_partial",
          "result",
          "error_code",
          "error_message",
          "error_details",
          "started_at",
          "completed_at",
          "callback_due_at");

  /* What a report changes, too. */
  private static final List<String> PROGRESS =
      List.of(
          "steps",
          "reports",
          "percent",
          "step",
          "message",
          "done",
          "total",
          "eta",
          "eta_low",
          "eta_high",
          "metadata",
          "begun_at",
          "begun_percent",
          "lease_expires_at",
          "lease_confirmed",
          "updated_at",
          "stalled_at",
          "due_at");

  /* The number of the last line, which only new lines change. */
  private static final List<String> LOGGED = List.of("log_lines");

  /* The part of a job that one of its events shows; the rest is the job's own. */
  private static final List<String> EVENT =
      List.of(
          "job",
          "number",
          "at",
          "type",
          "reports",
          "log_lines",
          "attempt",
          "percent",
          "step",
          "message",
          "done",
          "total",
          "eta",
          "eta_low",
          "eta_high",
          "metadata",
          "begun_at",
          "begun_percent",
          "started_at",
          "updated_at",
          "stalled_at",
          "cancel_requested",
          "error_code",
          "error_message",
          "error_details");

  static final String SELECT =
      "SELECT job.*, payload FROM job JOIN job_payload ON job_payload.job = job.id ";

  /* The columns of a job in a list: what is large is not even read into memory. */
  static final String LISTED =
      Stream.of(SPEC, TRANSITION, PROGRESS, LOGGED)
          .flatMap(List::stream)
          .map(column -> column.equals("result") ? listed("result", "'null'") : "job." + column)
          .collect(Collectors.joining(", ", "", ", " + listed("payload", "'{}'")));

  static final String INSERT =
      insert("job", Stream.of(SPEC, TRANSITION, PROGRESS).flatMap(List::stream))
          + """
          ON CONFLICT (owner, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
          """;

  static final String INSERT_PAYLOAD =
      "INSERT INTO job_payload (job, payload) VALUES (:id, :payload)";

  static final String INSERT_TAG = "INSERT INTO job_tag (job, tag) VALUES (:id, :tag)";

  static final String FIND = SELECT + "WHERE job.id = :id";

  static final String FIND_BY_KEY =
      SELECT + "WHERE owner = :owner AND idempotency_key = :idempotency_key";

  static final String UPDATE =
      """
      UPDATE job SET %s, %s WHERE id = :id AND version = :expected
        AND reports <= :reports AND log_lines <= :log_lines
      """
          .formatted(assignments(TRANSITION), assignments(PROGRESS));

  /* What holds a job back is looked at again when it is written. */
  static final String CLAIM = UPDATE + SqlQueues.NOT_HELD_BACK.replace(":now", ":updated_at");

  static final String INSERT_EVENT = insert("job_event", EVENT.stream());

  static final String EVENTS =
      "SELECT * FROM job_event WHERE job = :id AND number > :after ORDER BY number";

  /* Two nodes may have counted the same report: then the first one stays. */
  static final String STORE_PROGRESS =
      """
      UPDATE job SET %s WHERE id = :id AND version = :version AND (reports < :reports
        OR (reports = :reports AND coalesce(percent, -1) = coalesce(:percent, -1)))
      """
          .formatted(assignments(PROGRESS));

  /* A node that is behind overwrites nothing. */
  static final String KEEP =
      """
      INSERT INTO job_checkpoint (job, attempt, at, state, percent, step, done, total)
      SELECT id, :attempt, :at, :state, :percent, :step, :done, :total FROM job
      WHERE id = :job AND completed_at IS NULL
      ON CONFLICT (job) DO UPDATE SET attempt = excluded.attempt, at = excluded.at,
        state = excluded.state, percent = excluded.percent, step = excluded.step,
        done = excluded.done, total = excluded.total
      WHERE job_checkpoint.attempt < excluded.attempt
        OR (job_checkpoint.attempt = excluded.attempt AND job_checkpoint.at <= excluded.at)
      """;

  static final String KEPT = "SELECT * FROM job_checkpoint WHERE job = :job";

  static final String LIFE = "SELECT life FROM installation WHERE id = 1";

  static final String PROPOSE_LIFE =
      "INSERT INTO installation (id, life) VALUES (1, :life) ON CONFLICT (id) DO NOTHING";

  static final String MARKS =
      """
      SELECT id, version, milestone, reports, log_lines, percent, lease_expires_at
      FROM job WHERE id IN (<ids>)
      """;

  static final String DELETE = "DELETE FROM job WHERE id = :id AND completed_at IS NOT NULL";

  static final String PURGE =
      """
      DELETE FROM job WHERE id IN (
        SELECT id FROM job WHERE completed_at < :before ORDER BY completed_at LIMIT :limit)
      """;

  static final String DUE =
      "SELECT id FROM job WHERE due_at <= :now ORDER BY due_at, created_at, id LIMIT :limit";

  static final String READIED =
      """
      SELECT 1 WHERE EXISTS (SELECT 1 FROM job WHERE ready_at > :after AND ready_at <= :now)
        OR EXISTS (SELECT 1 FROM queue WHERE next_start_at > :after AND next_start_at <= :now)
      """;

  static final String HELD_BY =
      "SELECT id FROM job WHERE lease_worker = :worker ORDER BY created_at, id";

  /** Announcements that are due, but for those at some hosts. */
  static String callbacksDue(CallbackHosts except) {
    return "SELECT id, callback_url, callback_attempts FROM job WHERE callback_due_at <= :now"
        + except.condition()
        + " ORDER BY callback_due_at LIMIT :limit";
  }

  static final String CLAIM_CALLBACK =
      """
      UPDATE job SET callback_attempts = callback_attempts + 1, callback_due_at = :until
      WHERE id = :id AND callback_attempts = :attempts AND callback_due_at <= :now
      """;

  static final String CALLBACK_TRIED =
      "UPDATE job SET callback_due_at = :next WHERE id = :id AND callback_attempts = :attempts";

  static final String CHILDREN =
      """
      SELECT %s FROM job JOIN job_payload ON job_payload.job = job.id
      WHERE parent = :parent ORDER BY created_at, job.id
      """
          .formatted(LISTED);

  static final String ORPHANS =
      """
      SELECT child.id FROM job AS child JOIN job AS parent ON parent.id = child.parent
      WHERE child.parent IS NOT NULL AND child.completed_at IS NULL AND child.cancel_at IS NULL
        AND child.on_parent_end = 'CANCEL'
        AND (parent.completed_at IS NOT NULL OR parent.cancel_at IS NOT NULL)
      ORDER BY child.created_at, child.id LIMIT :limit
      """;

  static final String DURATIONS =
      """
      SELECT completed_at - started_at FROM job
      WHERE status = 'COMPLETED' AND type = :type AND started_at IS NOT NULL
      ORDER BY completed_at DESC LIMIT :limit
      """;

  /* Locks the row, so that the numbers of lines that two nodes add at once are all different. */
  static final String COUNT_LINES =
      """
      UPDATE job SET log_lines = log_lines + :count WHERE id = :id AND completed_at IS NULL
      """;

  static final String LAST_LINE = "SELECT log_lines FROM job WHERE id = :id";

  static final String APPEND_LOG =
      """
      INSERT INTO job_log (job, number, at, stream, text)
      VALUES (:id, :number, :at, :stream, :text)
      """;

  static final String LOG =
      """
      SELECT number, at, stream, text FROM job_log
      WHERE job = :id AND number > :after ORDER BY number LIMIT :limit
      """;

  static final String STREAM =
      """
      SELECT number, at, stream, text FROM job_log
      WHERE job = :id AND number > :after AND stream = :stream ORDER BY number LIMIT :limit
      """;

  private JobSql() {}

  private static String insert(String table, Stream<String> columns) {
    return columns.collect(
        Collectors.teeing(
            Collectors.joining(", "),
            Collectors.joining(", :", ":", ""),
            (names, values) -> "INSERT INTO %s (%s) VALUES (%s) ".formatted(table, names, values)));
  }

  private static String listed(String column, String instead) {
    return "CASE WHEN length(%s) > %d THEN %s ELSE %s END AS %s"
        .formatted(column, Job.LISTED, instead, column, column);
  }

  private static String assignments(List<String> columns) {
    return columns.stream()
        .map(column -> column + " = :" + column)
        .collect(Collectors.joining(", "));
  }
}
