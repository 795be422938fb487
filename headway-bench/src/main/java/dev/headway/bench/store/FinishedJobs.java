package dev.headway.bench.store;

import dev.headway.store.Database;
import dev.headway.store.DatabaseConfig;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Many finished jobs in a server's SQLite file, copied from one that is there: a million by way of
 * the server would take longer than anything that is measured with them. Used by one thread.
 */
public final class FinishedJobs implements AutoCloseable {
  /** One job in so many is of the type {@link #RARE}. */
  public static final int RARITY = 1_000;

  /** The type of few jobs. */
  public static final String RARE = "rare";

  private static final int BATCH = 50_000;
  private static final Set<String> MOMENTS =
      Set.of("created_at", "started_at", "completed_at", "updated_at");

  private final Database database;
  private final String template;
  private int count = 1;

  /**
   * @param data the server's data directory
   * @param template the id of a job that has ended
   */
  public FinishedJobs(Path data, String template) {
    this.database = Database.open(new DatabaseConfig.Sqlite(data.resolve("headway.db")));
    this.template = template;
  }

  /** Fills up to so many. */
  public void fillTo(int wanted) {
    while (count < wanted) {
      var to = Math.min(wanted, count + BATCH);
      var from = count;
      database.write(handle -> copies(handle, from, to - 1));
      count = to;
    }
  }

  private int copies(Handle handle, int from, int to) {
    var numbers =
        "WITH RECURSIVE n(i) AS (VALUES(%d) UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
            .formatted(from, to);
    var id = "printf('%08x-0000-7000-8000-%012x', i, i)";
    var columns = columns(handle);
    var values =
        columns.stream().map(column -> value(column, id)).collect(Collectors.joining(", "));
    handle
        .createUpdate(
            "INSERT INTO job (%s) %sSELECT %s FROM job, n WHERE id = :template"
                .formatted(String.join(", ", columns), numbers, values))
        .bind("template", template)
        .execute();
    return handle
        .createUpdate(
            "INSERT INTO job_payload (job, payload) %sSELECT %s, payload FROM job_payload, n WHERE job = :template"
                .formatted(numbers, id))
        .bind("template", template)
        .execute();
  }

  private static Set<String> columns(Handle handle) {
    return handle
        .createQuery("SELECT name FROM pragma_table_info('job')")
        .mapTo(String.class)
        .collect(Collectors.toSet());
  }

  /* One second apart, the newest first. */
  private static String value(String column, String id) {
    if (column.equals("id")) {
      return id;
    }
    if (column.equals("type")) {
      return "CASE WHEN i %% %d = 0 THEN '%s' ELSE type END".formatted(RARITY, RARE);
    }
    return MOMENTS.contains(column) ? column + " - i * 1000000" : column;
  }

  @Override
  public void close() {
    database.close();
  }
}
