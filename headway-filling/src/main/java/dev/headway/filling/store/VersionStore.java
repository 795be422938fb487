package dev.headway.filling.store;

import dev.headway.core.job.Json;
import dev.headway.filling.store.PlanVersion.Content;
import dev.headway.filling.store.PlanVersion.Step;
import dev.headway.server.json.JsonCodec;
import dev.headway.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The versions of schedules' plans; they go with their schedule. Safe for use by any thread;
 * blocks.
 */
public final class VersionStore {
  private static final String HEAD =
      "SELECT number, base, note, created_at, created_by, approved_at, approved_by, published_at,"
          + " published_by FROM filling_version";

  private final Database database;

  /** Versions in {@code database}. */
  public VersionStore(Database database) {
    this.database = database;
  }

  /**
   * A version that is to be added.
   *
   * @param base the number of the version that it was made from; 0 for the plan as it was planned
   */
  public record NewVersion(int base, String note, Content content, Step created) {}

  /** Adds a draft to a schedule; returns its number. */
  public int add(long schedule, NewVersion draft) {
    var content = draft.content();
    return database.write(handle -> {
      lock(handle, schedule);
      return handle
          .createQuery(
              """
              INSERT INTO filling_version (schedule, number, base, note, created_at, created_by,
                                           lower_bound, locks, blocks)
              SELECT :schedule, coalesce(max(number), 0) + 1, :base, :note, :created_at,
                     :created_by, :lower_bound, :locks, :blocks
              FROM filling_version WHERE schedule = :schedule
              RETURNING number
              """)
          .bind("schedule", schedule)
          .bind("base", draft.base())
          .bind("note", draft.note())
          .bind("created_at", draft.created().at())
          .bind("created_by", draft.created().by())
          .bind("lower_bound", content.lowerBound())
          .bind("locks", JsonCodec.json(content.locks()).text())
          .bind("blocks", PlanStore.text(content.plan()))
          .mapTo(int.class)
          .one();
    });
  }

  /** Two versions that are added at once get their numbers one after the other. */
  private static void lock(Handle handle, long schedule) {
    handle
        .createUpdate("UPDATE filling_schedule SET id = id WHERE id = :schedule")
        .bind("schedule", schedule)
        .execute();
  }

  /** The versions of a schedule, the newest first. */
  public List<PlanVersion> list(long schedule) {
    return database.read(handle ->
        handle
            .createQuery(HEAD + " WHERE schedule = :schedule ORDER BY number DESC")
            .bind("schedule", schedule)
            .map((row, _) -> version(row))
            .list());
  }

  /** A version of a schedule. */
  public Optional<PlanVersion> find(long schedule, int number) {
    return database.read(handle ->
        handle
            .createQuery(HEAD + " WHERE schedule = :schedule AND number = :number")
            .bind("schedule", schedule)
            .bind("number", number)
            .map((row, _) -> version(row))
            .findOne());
  }

  /** The decisions of a version of a schedule. */
  public Optional<Content> content(long schedule, int number) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT lower_bound, locks, blocks FROM filling_version"
                    + " WHERE schedule = :schedule AND number = :number")
            .bind("schedule", schedule)
            .bind("number", number)
            .map((row, _) -> content(row))
            .findOne());
  }

  /** Notes who approved a draft; returns whether it was one. */
  public boolean approve(long schedule, int number, Step step) {
    return step(
        "UPDATE filling_version SET approved_at = :at, approved_by = :by"
            + " WHERE schedule = :schedule AND number = :number AND approved_at IS NULL",
        schedule,
        number,
        step);
  }

  /** Notes who published an approved version; returns whether it was approved. */
  public boolean publish(long schedule, int number, Step step) {
    return step(
        "UPDATE filling_version SET published_at = :at, published_by = :by"
            + " WHERE schedule = :schedule AND number = :number AND approved_at IS NOT NULL",
        schedule,
        number,
        step);
  }

  private boolean step(String update, long schedule, int number, Step step) {
    var changed =
        database.write(handle ->
            handle
                .createUpdate(update)
                .bind("schedule", schedule)
                .bind("number", number)
                .bind("at", step.at())
                .bind("by", step.by())
                .execute());
    return changed > 0;
  }

  private static Content content(ResultSet row) throws SQLException {
    var locks = new HashMap<String, String>();
    JsonCodec.tree(new Json(row.getString("locks")))
        .properties()
        .forEach(lock -> locks.put(lock.getKey(), lock.getValue().asString()));
    var plan = PlanStore.plan(new Json(row.getString("blocks")));
    return new Content(plan, locks, row.getLong("lower_bound"));
  }

  private static PlanVersion version(ResultSet row) throws SQLException {
    return new PlanVersion(
        row.getInt("number"),
        row.getInt("base"),
        row.getString("note"),
        new Step(Moments.instant(row.getLong("created_at")), row.getString("created_by")),
        step(row, "approved"),
        step(row, "published"));
  }

  private static @Nullable Step step(ResultSet row, String name) throws SQLException {
    var by = row.getString(name + "_by");
    return by == null ? null : new Step(Moments.instant(row.getLong(name + "_at")), by);
  }
}
