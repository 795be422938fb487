package dev.headway.store.job;

import dev.headway.core.job.Checkpoint;
import dev.headway.core.job.Json;
import dev.headway.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads a checkpoint from its row, and binds one to {@link JobSql#KEEP}. */
final class CheckpointRow implements RowMapper<Checkpoint> {
  @Override
  public Checkpoint map(ResultSet row, StatementContext context) throws SQLException {
    return new Checkpoint(
        Columns.present(Columns.uuid(row, "job")),
        row.getInt("attempt"),
        Columns.present(Columns.instant(row, "at")),
        new Json(row.getString("state")),
        Columns.real(row, "percent"),
        row.getString("step"),
        Columns.integer(row, "done"),
        Columns.integer(row, "total"));
  }

  static void bind(SqlStatement<?> statement, Checkpoint checkpoint) {
    statement.bind("job", checkpoint.job());
    statement.bind("attempt", checkpoint.attempt());
    statement.bind("at", checkpoint.at());
    statement.bind("state", checkpoint.state().text());
    statement.bind("percent", checkpoint.percent());
    statement.bind("step", checkpoint.step());
    statement.bind("done", checkpoint.done());
    statement.bind("total", checkpoint.total());
  }
}
