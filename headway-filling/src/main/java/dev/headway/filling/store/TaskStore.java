package dev.headway.filling.store;

import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Json;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import dev.headway.store.Database;
import dev.headway.store.OwnerColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Schedules and comparisons in a database that holds their jobs, too: a task goes when its job is
 * deleted or purged. Safe for use by any thread; blocks.
 */
public final class TaskStore {
  private final Database database;

  /** Tasks in {@code database}, whose tables of jobs and of this application are up to date. */
  public TaskStore(Database database) {
    this.database = database;
  }

  /**
   * Keeps what was asked for and numbers it. Nobody sees it before it is linked to a job.
   *
   * @param owner the user's id; null for anonymous work
   */
  public long add(TaskKind kind, @Nullable Long owner, TaskInput input, Instant now) {
    return database.write(handle ->
        handle
            .createQuery(
                """
                INSERT INTO %s (owner, name, folded_name, strategies, created_at, config,
                                lots_format, lots)
                VALUES (:owner, :name, :folded_name, :strategies, :created_at, :config,
                        :lots_format, :lots)
                RETURNING id
                """
                    .formatted(kind.table()))
            .bind("owner", owner == null ? OwnerColumn.NOBODY : owner)
            .bind("name", input.name())
            .bind("folded_name", TaskQuery.folded(input.name()))
            .bind("strategies", String.join(",", input.strategies()))
            .bind("created_at", now)
            .bind("config", input.config().text())
            .bind("lots_format", input.lots().format().name())
            .bind("lots", input.lots().text())
            .mapTo(long.class)
            .one());
  }

  /**
   * Says which job does a task. Both who submits the job and the job itself do so, whoever comes
   * first; the second time changes nothing.
   */
  public void link(TaskKind kind, long id, UUID job) {
    database.write(handle ->
        handle
            .createUpdate(
                "UPDATE %s SET job = :job WHERE id = :id AND job IS NULL".formatted(kind.table()))
            .bind("job", job)
            .bind("id", id)
            .execute());
  }

  /** A task that has a job. */
  public Optional<Task> find(TaskKind kind, long id) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT id, job, owner, name, strategies FROM %s WHERE id = :id AND job IS NOT NULL
                """
                    .formatted(kind.table()))
            .bind("id", id)
            .map((row, _) -> task(kind, row))
            .findOne());
  }

  /** The input of a task. */
  public Optional<TaskInput> input(TaskKind kind, long id) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT name, strategies, config, lots_format, lots FROM %s WHERE id = :id"
                    .formatted(kind.table()))
            .bind("id", id)
            .map((row, _) -> input(row))
            .findOne());
  }

  private static TaskInput input(ResultSet row) throws SQLException {
    return new TaskInput(
        row.getString("name"),
        strategies(row),
        new Json(row.getString("config")),
        new LotsText(LotsText.Format.valueOf(row.getString("lots_format")), row.getString("lots")));
  }

  /** A page of the tasks that a filter lets through, newest first. */
  public Page<TaskState> list(TaskKind kind, TaskFilter filter, PageRequest page) {
    var query = new TaskQuery(kind, filter);
    return database.snapshot(handle -> {
      var items =
          query
              .page(handle, page.after(Long::valueOf))
              .bind("limit", page.size())
              .bind("offset", page.offset())
              .map((row, _) -> state(kind, row))
              .list();
      var total = query.total(handle).mapTo(long.class).one();
      return Page.of(page, items, total, state -> state.task().id());
    });
  }

  private static TaskState state(TaskKind kind, ResultSet row) throws SQLException {
    var created = moment(row, "created_at");
    var result = row.getString("result");
    return new TaskState(
        task(kind, row),
        JobStatus.valueOf(row.getString("status")),
        created == null ? Instant.EPOCH : created,
        moment(row, "started_at"),
        moment(row, "completed_at"),
        row.getString("error_message"),
        result == null ? null : new Json(result));
  }

  private static Task task(TaskKind kind, ResultSet row) throws SQLException {
    var owner = row.getLong("owner");
    return new Task(
        kind,
        row.getLong("id"),
        UUID.fromString(row.getString("job")),
        owner == OwnerColumn.NOBODY ? null : owner,
        row.getString("name"),
        strategies(row));
  }

  private static List<String> strategies(ResultSet row) throws SQLException {
    return List.of(row.getString("strategies").split(",", -1));
  }

  private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
    var micros = row.getLong(column);
    return row.wasNull() ? null : Moments.instant(micros);
  }

  /** Removes what never got a job because the server was cut off in between. */
  public void removeUnlinked(Instant before) {
    for (var kind : TaskKind.values()) {
      database.write(handle ->
          handle
              .createUpdate(
                  "DELETE FROM %s WHERE job IS NULL AND created_at < :before"
                      .formatted(kind.table()))
              .bind("before", before)
              .execute());
    }
  }
}
