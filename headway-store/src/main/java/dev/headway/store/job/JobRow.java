package dev.headway.store.job;

import static dev.headway.store.Columns.instant;
import static dev.headway.store.Columns.integer;
import static dev.headway.store.Columns.present;
import static dev.headway.store.Columns.real;
import static dev.headway.store.Columns.uuid;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.Attempts;
import dev.headway.core.job.CancelRequest;
import dev.headway.core.job.ConcurrencyKey;
import dev.headway.core.job.Eta;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.JobSpec.ParentEnd;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Json;
import dev.headway.core.job.Lease;
import dev.headway.core.job.Outcome;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.PastLeases;
import dev.headway.core.job.Progress;
import dev.headway.core.job.RetryPause;
import dev.headway.core.job.Times;
import dev.headway.core.topic.Position;
import dev.headway.store.Columns;
import dev.headway.store.OwnerColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads a job from a row with its payload. */
final class JobRow implements RowMapper<Job> {
  @Override
  public Job map(ResultSet row, StatementContext context) throws SQLException {
    var status = JobStatus.valueOf(row.getString("status"));
    return new Job(
        present(uuid(row, "id")),
        spec(row),
        status,
        row.getInt("attempt"),
        StepLines.read(row.getString("steps")),
        progress(row),
        lease(row),
        new PastLeases(row.getInt("leases_lost"), row.getString("last_lease")),
        cancel(row),
        outcome(row, status),
        times(row),
        null,
        row.getLong("version"),
        position(row));
  }

  static Position position(ResultSet row) throws SQLException {
    return new Position(row.getLong("milestone"), row.getLong("reports"), row.getLong("log_lines"));
  }

  private static JobSpec spec(ResultSet row) throws SQLException {
    var owner = row.getLong("owner");
    return new JobSpec(
        row.getString("type"),
        new Json(row.getString("payload")),
        owner == OwnerColumn.NOBODY ? null : Long.valueOf(owner),
        row.getString("queue"),
        row.getInt("priority"),
        attempts(row),
        Columns.duration(row, "timeout"),
        row.getBoolean("external"),
        row.getString("idempotency_key"),
        uuid(row, "retry_of"),
        family(row),
        row.getString("callback_url"),
        row.getString("name"),
        key(row),
        Columns.lines(row.getString("tags")),
        row.getString("traceparent"));
  }

  private static @Nullable ConcurrencyKey key(ResultSet row) throws SQLException {
    var name = row.getString("concurrency_key");
    return name == null ? null : new ConcurrencyKey(name, row.getInt("concurrency_limit"));
  }

  private static Attempts attempts(ResultSet row) throws SQLException {
    var pause =
        new RetryPause(
            present(Columns.duration(row, "retry_first")),
            row.getDouble("retry_factor"),
            present(Columns.duration(row, "retry_longest")));
    return new Attempts(row.getInt("max_attempts"), row.getInt("max_lost"), pause);
  }

  private static JobSpec.@Nullable Family family(ResultSet row) throws SQLException {
    var parent = uuid(row, "parent");
    return parent == null
        ? null
        : new JobSpec.Family(
            parent, row.getDouble("weight"), ParentEnd.valueOf(row.getString("on_parent_end")));
  }

  static Progress progress(ResultSet row) throws SQLException {
    return new Progress(
        real(row, "percent"),
        row.getString("step"),
        row.getString("message"),
        integer(row, "done"),
        integer(row, "total"),
        eta(row),
        json(row, "metadata"),
        begin(row));
  }

  private static Progress.@Nullable Begin begin(ResultSet row) throws SQLException {
    var at = instant(row, "begun_at");
    return at == null ? null : new Progress.Begin(at, row.getDouble("begun_percent"));
  }

  private static @Nullable Eta eta(ResultSet row) throws SQLException {
    var seconds = real(row, "eta");
    return seconds == null
        ? null
        : new Eta(seconds, row.getDouble("eta_low"), row.getDouble("eta_high"));
  }

  private static @Nullable Lease lease(ResultSet row) throws SQLException {
    var token = row.getString("lease_token");
    return token == null
        ? null
        : new Lease(
            token,
            row.getString("lease_worker"),
            present(Columns.duration(row, "lease_length")),
            present(instant(row, "lease_expires_at")),
            row.getBoolean("lease_confirmed"));
  }

  private static @Nullable CancelRequest cancel(ResultSet row) throws SQLException {
    var at = instant(row, "cancel_at");
    return at == null ? null : new CancelRequest(at, row.getBoolean("cancel_keep_partial"));
  }

  private static @Nullable Outcome outcome(ResultSet row, JobStatus status) throws SQLException {
    return switch (status) {
      case PENDING, QUEUED, IN_PROGRESS -> null;
      case COMPLETED -> new Outcome.Completed(present(json(row, "result")));
      case CANCELLED -> new Outcome.Cancelled(json(row, "result"));
      case FAILED ->
          new Outcome.Failed(
              new JobError(
                  ErrorCode.valueOf(row.getString("error_code")),
                  row.getString("error_message"),
                  row.getString("error_details")));
    };
  }

  private static Times times(ResultSet row) throws SQLException {
    return new Times(
        present(instant(row, "created_at")),
        instant(row, "started_at"),
        present(instant(row, "updated_at")),
        instant(row, "completed_at"),
        instant(row, "stalled_at"),
        instant(row, "ready_at"));
  }

  private static @Nullable Json json(ResultSet row, String column) throws SQLException {
    var text = row.getString(column);
    return text == null ? null : new Json(text);
  }
}
