package dev.headway.bench.store;

import dev.headway.store.Database;
import dev.headway.store.DatabaseConfig;
import java.util.List;
import java.util.UUID;

/**
 * The stored milestones of jobs and samples of characteristics, read from the database itself. Safe
 * for use by any thread.
 */
public final class StoredLog implements AutoCloseable {
  /** A stored milestone of a job. */
  public record Milestone(long number, String type) {}

  private final Database database;

  /** The log in a database of servers that run. */
  public StoredLog(String address) {
    database = Database.open(DatabaseConfig.parse(address));
  }

  /** All milestones of a job, by their numbers. */
  public List<Milestone> of(UUID job) {
    return database.read(handle ->
        handle
            .createQuery("SELECT number, type FROM job_event WHERE job = :job ORDER BY number")
            .bind("job", job)
            .map((row, _) -> new Milestone(row.getLong("number"), row.getString("type")))
            .list());
  }

  /** The samples of a characteristic, by their numbers. */
  public List<Long> samples(long characteristic) {
    return database.read(handle ->
        handle
            .createQuery("SELECT id FROM spc_sample WHERE characteristic = :of ORDER BY id")
            .bind("of", characteristic)
            .mapTo(Long.class)
            .list());
  }

  @Override
  public void close() {
    database.close();
  }
}
