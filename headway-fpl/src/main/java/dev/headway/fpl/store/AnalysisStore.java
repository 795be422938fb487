package dev.headway.fpl.store;

import dev.headway.core.account.Visibility;
import dev.headway.core.job.Json;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import dev.headway.store.Database;
import dev.headway.store.OwnerColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Analyses in a database that holds their jobs, too: an analysis goes when its job is deleted or
 * purged. Safe for use by any thread; blocks.
 */
public final class AnalysisStore {
  /* Nobody's work; users count from 1. */
  private final Database database;

  /** Analyses in {@code database}, whose tables of jobs and of this application are up to date. */
  public AnalysisStore(Database database) {
    this.database = database;
  }

  /** Keeps what was asked for. Nobody sees it before it is linked to its job. */
  public void add(StoredAnalysis analysis, Json request, Instant now) {
    var owner = analysis.owner();
    database.write(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO fpl_analysis (id, owner, team_id, name, created_at, request)
                VALUES (:id, :owner, :team_id, :name, :created_at, :request)
                """)
            .bind("id", analysis.id())
            .bind("owner", owner == null ? OwnerColumn.NOBODY : owner)
            .bind("team_id", analysis.teamId())
            .bind("name", analysis.name())
            .bind("created_at", now)
            .bind("request", request.text())
            .execute());
  }

  /**
   * Says that the job is there. Both who submits it and the job itself do so, whoever comes first;
   * the second time changes nothing.
   */
  public void link(UUID id) {
    database.write(handle ->
        handle
            .createUpdate("UPDATE fpl_analysis SET job = id WHERE id = :id AND job IS NULL")
            .bind("id", id)
            .execute());
  }

  /** An analysis that has a job. */
  public Optional<StoredAnalysis> find(UUID id) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT id, owner, team_id, name FROM fpl_analysis WHERE id = :id AND job IS NOT NULL
                """)
            .bind("id", id)
            .map((row, _) -> analysis(row))
            .findOne());
  }

  /** The request of an analysis. */
  public Optional<Json> request(UUID id) {
    return database.read(handle ->
        handle
            .createQuery("SELECT request FROM fpl_analysis WHERE id = :id")
            .bind("id", id)
            .mapTo(String.class)
            .findOne()
            .map(Json::new));
  }

  /**
   * A page of analyses, newest first.
   *
   * @param visibleTo whose; null for everybody's
   */
  public Page<StoredAnalysis> list(
      @Nullable Visibility visibleTo, AnalysisFilter filter, PageRequest page) {
    var condition =
        "job IS NOT NULL"
            + filter.condition()
            + (visibleTo == null ? "" : " AND " + OwnerColumn.condition("owner", visibleTo));
    var after = page.after(UUID::fromString);
    return database.snapshot(handle -> {
      var items =
          handle
              .createQuery(
                  """
                  SELECT id, owner, team_id, name FROM fpl_analysis
                  WHERE %s ORDER BY id DESC LIMIT :limit OFFSET :offset
                  """
                      .formatted(condition + (after == null ? "" : " AND id < :after")))
              .bindMap(filter.values())
              .bindMap(after == null ? Map.of() : Map.of("after", after))
              .bind("limit", page.size())
              .bind("offset", page.offset())
              .map((row, _) -> analysis(row))
              .list();
      var total =
          handle
              .createQuery("SELECT count(*) FROM fpl_analysis WHERE " + condition)
              .bindMap(filter.values())
              .mapTo(long.class)
              .one();
      return Page.of(page, items, total, StoredAnalysis::id);
    });
  }

  /** Gives an analysis a name, or takes it away. */
  public void rename(StoredAnalysis renamed) {
    database.write(handle ->
        handle
            .createUpdate("UPDATE fpl_analysis SET name = :name WHERE id = :id")
            .bind("name", renamed.name())
            .bind("id", renamed.id())
            .execute());
  }

  private static StoredAnalysis analysis(ResultSet row) throws SQLException {
    var owner = row.getLong("owner");
    return new StoredAnalysis(
        UUID.fromString(row.getString("id")),
        owner == OwnerColumn.NOBODY ? null : owner,
        row.getInt("team_id"),
        row.getString("name"));
  }

  /** Lets others have the answer of an analysis that was worked out. */
  public void offer(UUID id, String fingerprint) {
    database.write(handle ->
        handle
            .createUpdate("UPDATE fpl_analysis SET fingerprint = :fingerprint WHERE id = :id")
            .bind("fingerprint", fingerprint)
            .bind("id", id)
            .execute());
  }

  /** The newest answer to the same question about the same season, if it is not older than that. */
  public Optional<Json> answer(String fingerprint, Instant since) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT job.result FROM fpl_analysis AS analysis JOIN job ON job.id = analysis.job
                WHERE analysis.fingerprint = :fingerprint AND job.status = 'COMPLETED'
                  AND job.completed_at >= :since
                ORDER BY job.completed_at DESC LIMIT 1
                """)
            .bind("fingerprint", fingerprint)
            .bind("since", since)
            .mapTo(String.class)
            .findOne()
            .map(Json::new));
  }

  /** Removes what never got a job because the server was cut off in between. */
  public void removeUnlinked(Instant before) {
    database.write(handle ->
        handle
            .createUpdate("DELETE FROM fpl_analysis WHERE job IS NULL AND created_at < :before")
            .bind("before", before)
            .execute());
  }
}
