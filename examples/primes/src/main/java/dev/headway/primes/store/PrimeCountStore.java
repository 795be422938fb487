package dev.headway.primes.store;

import dev.headway.store.Database;
import java.util.Optional;
import java.util.UUID;

/** The table of counts. A count goes when its job is deleted. Thread-safe; blocks. */
public record PrimeCountStore(Database database) {
  /** Keeps a count whose job has been submitted. */
  public void add(PrimeCount count) {
    database.write(handle ->
        handle.execute(
            "INSERT INTO primes_count (job, owner, up_to) VALUES (?, ?, ?)",
            count.job(),
            count.owner(),
            count.upTo()));
  }

  /** The count that a job does. */
  public Optional<PrimeCount> find(UUID job) {
    return database.read(handle ->
        handle
            .createQuery("SELECT owner, up_to FROM primes_count WHERE job = :job")
            .bind("job", job)
            .map((row, _) -> {
              var owner = row.getLong("owner");
              return new PrimeCount(job, row.wasNull() ? null : owner, row.getInt("up_to"));
            })
            .findOne());
  }
}
