package dev.headway.store.job;

import static dev.headway.store.Columns.instant;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Milestone;
import dev.headway.core.job.Outcome;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.Times;
import dev.headway.core.topic.Position;
import dev.headway.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads a milestone from its row: what the event shows of its job is in the row, the rest is as in
 * the present job.
 *
 * @param present the job as it is now
 */
record MilestoneRow(Job present) implements RowMapper<Milestone> {
  @Override
  public Milestone map(ResultSet row, StatementContext context) throws SQLException {
    var type = row.getString("type");
    var job = job(row, status(type));
    var event = JobEvent.milestone(type, job, error(row));
    return new Milestone(event, Columns.present(instant(row, "at")));
  }

  private static JobStatus status(String type) {
    return switch (type) {
      case "queued", "attempt_failed" -> JobStatus.QUEUED;
      case "completed" -> JobStatus.COMPLETED;
      case "failed" -> JobStatus.FAILED;
      case "cancelled" -> JobStatus.CANCELLED;
      default -> JobStatus.IN_PROGRESS;
    };
  }

  private Job job(ResultSet row, JobStatus status) throws SQLException {
    return new Job(
        present.id(),
        present.spec(),
        status,
        row.getInt("attempt"),
        present.steps(),
        JobRow.progress(row),
        status == JobStatus.IN_PROGRESS ? present.lease() : null,
        present.pastLeases(),
        row.getBoolean("cancel_requested") ? present.cancel() : null,
        outcome(status),
        times(row, status),
        null,
        present.version(),
        new Position(row.getLong("number"), row.getLong("reports"), row.getLong("log_lines")));
  }

  private @Nullable Outcome outcome(JobStatus status) {
    return status.ended() ? present.outcome() : null;
  }

  private Times times(ResultSet row, JobStatus status) throws SQLException {
    return new Times(
        present.times().created(),
        instant(row, "started_at"),
        Columns.present(instant(row, "updated_at")),
        status.ended() ? present.times().completed() : null,
        instant(row, "stalled_at"),
        status == JobStatus.QUEUED ? present.times().ready() : null);
  }

  private static @Nullable JobError error(ResultSet row) throws SQLException {
    var code = row.getString("error_code");
    return code == null
        ? null
        : new JobError(
            ErrorCode.valueOf(code),
            row.getString("error_message"),
            row.getString("error_details"));
  }
}
