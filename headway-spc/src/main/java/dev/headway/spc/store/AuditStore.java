package dev.headway.spc.store;

import dev.headway.core.job.Json;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import dev.headway.spc.store.AuditEntry.Action;
import dev.headway.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The audit trail; entries are written in the transaction of the change. Thread-safe. */
public final class AuditStore {
  private final Database database;

  /** The trail in {@code database}. */
  public AuditStore(Database database) {
    this.database = database;
  }

  /** Appends an entry and returns its number. */
  static long append(Handle handle, AuditEntry entry) {
    return handle
        .createQuery(
            """
            INSERT INTO spc_audit (characteristic, action, subject, actor, at, before, after)
            VALUES (:characteristic, :action, :subject, :actor, :at, :before, :after)
            RETURNING id
            """)
        .bind("characteristic", entry.characteristicId())
        .bind("action", entry.action().name())
        .bind("subject", entry.subject())
        .bind("actor", entry.actor())
        .bind("at", entry.at())
        .bind("before", text(entry.before()))
        .bind("after", text(entry.after()))
        .mapTo(long.class)
        .one();
  }

  private static @Nullable String text(@Nullable Json json) {
    return json == null ? null : json.text();
  }

  /** A page of the record, newest first; of one characteristic, or of all when it is null. */
  public Page<AuditEntry> list(@Nullable Long characteristicId, PageRequest page) {
    var where = characteristicId == null ? "" : "WHERE characteristic = :characteristic";
    return database.read(handle -> {
      var total =
          handle
              .createQuery("SELECT count(*) FROM spc_audit " + where)
              .bindMap(Rows.optional("characteristic", characteristicId))
              .mapTo(long.class)
              .one();
      var items =
          handle
              .createQuery(
                  "SELECT * FROM spc_audit %s ORDER BY id DESC LIMIT :limit OFFSET :offset"
                      .formatted(where))
              .bindMap(Rows.optional("characteristic", characteristicId))
              .bind("limit", page.size())
              .bind("offset", page.offset())
              .map(AuditStore::entry)
              .list();
      return new Page<>(items, total);
    });
  }

  /** The highest number of a characteristic's entries, or 0. */
  public long newestId(long characteristicId) {
    return database.read(handle ->
        handle
            .createQuery("SELECT coalesce(max(id), 0) FROM spc_audit WHERE characteristic = :id")
            .bind("id", characteristicId)
            .mapTo(long.class)
            .one());
  }

  /** The entries of a characteristic after a number, the first of them, ascending. */
  public List<AuditEntry> after(long characteristicId, long id, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM spc_audit WHERE characteristic = :characteristic AND id > :id
                ORDER BY id LIMIT :limit
                """)
            .bind("characteristic", characteristicId)
            .bind("id", id)
            .bind("limit", limit)
            .map(AuditStore::entry)
            .list());
  }

  private static AuditEntry entry(ResultSet row, StatementContext context) throws SQLException {
    return new AuditEntry(
        row.getLong("id"),
        row.getLong("characteristic"),
        Action.valueOf(row.getString("action")),
        row.getLong("subject"),
        row.getString("actor"),
        Rows.moment(row, "at"),
        Rows.json(row, "before"),
        Rows.json(row, "after"));
  }
}
