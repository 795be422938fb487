package dev.headway.store;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import java.time.InstantSource;

/** A small write that tells whether a database with {@link Schema#CORE} can be used now. */
public final class WriteProbe {
  private static final String WRITE =
      """
      INSERT INTO write_probe (id, written_at) VALUES (1, :now)
      ON CONFLICT (id) DO UPDATE SET written_at = excluded.written_at
      """;

  private final Database database;
  private final InstantSource clock;

  /** Probes {@code database}. */
  public WriteProbe(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Writes, and returns once that is durable.
   *
   * @throws HeadwayException UNAVAILABLE when it cannot be written, or was found to be damaged
   */
  public void run() {
    if (database.damaged()) {
      throw new HeadwayException(
          ErrorCode.UNAVAILABLE, "The database is damaged; restore a backup");
    }
    database.write(handle -> handle.createUpdate(WRITE).bind("now", clock.instant()).execute());
  }
}
