package dev.headway.filling.store;

import dev.headway.core.job.JobStatus;
import dev.headway.store.OwnerColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The statements of a list, whose text depends on its filter. */
final class TaskQuery {
  private final TaskKind kind;
  private final List<String> conditions = new ArrayList<>(List.of("task.job IS NOT NULL"));
  private final Map<String, Object> parameters = new HashMap<>();
  private final boolean byStatus;

  TaskQuery(TaskKind kind, TaskFilter filter) {
    this.kind = kind;
    this.byStatus = filter.statuses() != null;
    if (filter.visibleTo() != null) {
      conditions.add(OwnerColumn.condition("task.owner", filter.visibleTo()));
    }
    if (filter.statuses() != null) {
      var names = filter.statuses().stream().map(JobStatus::name).sorted();
      conditions.add(names.collect(Collectors.joining("', '", "job.status IN ('", "')")));
    }
    if (filter.strategy() != null) {
      conditions.add("',' || task.strategies || ',' LIKE :strategy ESCAPE '!'");
      parameters.put("strategy", "%," + escaped(filter.strategy()) + ",%");
    }
    if (filter.search() != null) {
      conditions.add("task.folded_name LIKE :search ESCAPE '!'");
      parameters.put("search", "%" + escaped(folded(filter.search())) + "%");
    }
  }

  /** How names are compared: SQLite's own lower() knows ASCII only. */
  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  /**
   * The page's rows, newest first; limit and offset are still to be bound.
   *
   * @param after the number after which it begins; null for a page by its own number
   */
  Query page(Handle handle, @Nullable Long after) {
    var query =
        query(
            handle,
            """
            SELECT task.id, task.job, task.owner, task.name, task.strategies,
                   job.status, job.created_at, job.started_at, job.completed_at, job.error_message,
                   job.result
            FROM %s AS task JOIN job ON job.id = task.job
            WHERE %s\
            """
                + (after == null ? "" : " AND task.id < :after")
                + " ORDER BY task.id DESC LIMIT :limit OFFSET :offset");
    return after == null ? query : query.bind("after", after);
  }

  /** How many rows all pages have together. */
  Query total(Handle handle) {
    return query(
        handle,
        byStatus
            ? "SELECT count(*) FROM %s AS task JOIN job ON job.id = task.job WHERE %s"
            : "SELECT count(*) FROM %s AS task WHERE %s");
  }

  private Query query(Handle handle, String sql) {
    var text = sql.formatted(kind.table(), String.join(" AND ", conditions));
    return handle.createQuery(text).bindMap(parameters);
  }
}
