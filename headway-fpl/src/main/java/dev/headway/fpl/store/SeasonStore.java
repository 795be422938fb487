package dev.headway.fpl.store;

import dev.headway.store.Database;
import java.time.Instant;
import java.util.Optional;

/** The season that was uploaded last. Safe for use by any thread; blocks. */
public final class SeasonStore {
  private final Database database;

  /** The season in {@code database}, whose tables of this application are up to date. */
  public SeasonStore(Database database) {
    this.database = database;
  }

  /** Keeps a season instead of the one before. */
  public void replace(UploadedSeason season, Instant now) {
    database.write(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO fpl_season (id, uploaded_at, checksum, document)
                VALUES (1, :uploaded_at, :checksum, :document)
                ON CONFLICT (id) DO UPDATE SET uploaded_at = excluded.uploaded_at,
                  checksum = excluded.checksum, document = excluded.document
                """)
            .bind("uploaded_at", now)
            .bind("checksum", season.checksum())
            .bind("document", season.document())
            .execute());
  }

  /** The season, if one was ever uploaded. */
  public Optional<UploadedSeason> find() {
    return database.read(handle ->
        handle
            .createQuery("SELECT checksum, document FROM fpl_season")
            .map((row, _) ->
                new UploadedSeason(row.getString("checksum"), row.getString("document")))
            .findOne());
  }
}
