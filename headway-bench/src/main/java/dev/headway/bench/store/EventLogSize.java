package dev.headway.bench.store;

import dev.headway.store.Database;
import dev.headway.store.DatabaseConfig;

/** The size of the stored log of all jobs, read from a PostgreSQL database itself. Thread-safe. */
public final class EventLogSize implements AutoCloseable {
  /**
   * A size.
   *
   * @param milestones the stored rows
   * @param bytes of their columns, without what PostgreSQL keeps for each row and its index
   */
  public record Size(long milestones, long bytes) {
    /** The growth since an earlier moment. */
    public Size since(Size earlier) {
      return new Size(milestones - earlier.milestones, bytes - earlier.bytes);
    }
  }

  private final Database database;

  /** The log in a database of servers that run. */
  public EventLogSize(String address) {
    database = Database.open(DatabaseConfig.parse(address));
  }

  /** Its size at present. */
  public Size now() {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT count(*) AS milestones, coalesce(sum(pg_column_size(job_event.*)), 0) AS"
                    + " bytes FROM job_event")
            .map((row, _) -> new Size(row.getLong("milestones"), row.getLong("bytes")))
            .one());
  }

  @Override
  public void close() {
    database.close();
  }
}
