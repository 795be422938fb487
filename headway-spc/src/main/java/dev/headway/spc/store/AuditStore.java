package dev.headway.spc.store;

import dev.headway.core.job.Json;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import dev.headway.spc.store.AuditEntry.Action;
import dev.headway.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The record of changes; entries are written in the transaction of the change. Thread-safe. */
public final class AuditStore {
  private final Database database;

  /** The record in {@code database}. */
  public AuditStore(Database database) {
    this.database = database;
  }

  static void append(Handle handle, AuditEntry entry) {
    handle
        .createUpdate(
            """
            INSERT INTO spc_audit (characteristic, action, subject, actor, at, before, after)
            VALUES (:characteristic, :action, :subject, :actor, :at, :before, :after)
            """)
        .bind("characteristic", entry.characteristicId())
        .bind("action", entry.action().name())
        .bind("subject", entry.subject())
        .bind("actor", entry.actor())
        .bind("at", entry.at())
        .bind("before", text(entry.before()))
        .bind("after", text(entry.after()))
        .execute();
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
