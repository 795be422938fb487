package dev.headway.spc.store;

import dev.headway.core.job.Json;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import dev.headway.server.account.Signature;
import dev.headway.spc.store.AuditEntry.Action;
import dev.headway.store.Database;
import dev.headway.store.NumberedList;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The audit trail; entries are written in the transaction of the change. Thread-safe. */
public final class AuditStore {
  private static final int PORTION = 1_000;

  private final Database database;

  /** The trail in {@code database}. */
  public AuditStore(Database database) {
    this.database = database;
  }

  /** Appends an entry to the chain and returns its number. */
  static long append(Handle handle, AuditEntry entry) {
    // Held until the transaction ends: entries are chained in the order in which they commit.
    var previous =
        handle
            .createQuery("UPDATE spc_audit_head SET hash = hash RETURNING hash")
            .mapTo(String.class)
            .one();
    var hash = AuditChain.next(previous, entry);
    var id = insert(handle, entry, hash);
    handle
        .createUpdate("UPDATE spc_audit_head SET hash = :hash, entry = :id")
        .bind("hash", hash)
        .bind("id", id)
        .execute();
    return id;
  }

  private static long insert(Handle handle, AuditEntry entry, String hash) {
    var signature = entry.author().signature();
    return handle
        .createQuery(
            """
            INSERT INTO spc_audit (characteristic, action, subject, actor, signature_meaning,
              signature_proof, at, before, after, hash)
            VALUES (:characteristic, :action, :subject, :actor, :meaning, :proof, :at, :before,
              :after, :hash)
            RETURNING id
            """)
        .bind("hash", hash)
        .bind("characteristic", entry.characteristicId())
        .bind("action", entry.action().name())
        .bind("subject", entry.subject())
        .bind("actor", entry.author().name())
        .bind("meaning", entry.author().meaning())
        .bind("proof", signature == null ? null : signature.proof().name())
        .bind("at", entry.at())
        .bind("before", text(entry.before()))
        .bind("after", text(entry.after()))
        .mapTo(long.class)
        .one();
  }

  /** Checks the chain of hashes, in portions. */
  public AuditVerdict verify() {
    var chain = new AuditChain();
    var after = 0L;
    List<Long> portion;
    do {
      var from = after;
      portion =
          database.read(handle ->
              handle
                  .createQuery("SELECT * FROM spc_audit WHERE id > :id ORDER BY id LIMIT :limit")
                  .bind("id", from)
                  .bind("limit", PORTION)
                  .map((row, context) -> {
                    chain.add(entry(row, context), row.getString("hash"));
                    return row.getLong("id");
                  })
                  .list());
      after = portion.isEmpty() ? after : portion.getLast();
    } while (portion.size() == PORTION);
    return database.read(handle ->
        handle
            .createQuery("SELECT entry, hash FROM spc_audit_head")
            .map((row, _) -> chain.verdict(row.getLong("entry"), row.getString("hash")))
            .one());
  }

  /** Whether an entry has a hash. */
  public boolean hasHash(String hash) {
    return database.read(handle ->
        handle
            .createQuery("SELECT 1 FROM spc_audit WHERE hash = :hash LIMIT 1")
            .bind("hash", hash)
            .mapTo(int.class)
            .findOne()
            .isPresent());
  }

  private static @Nullable String text(@Nullable Json json) {
    return json == null ? null : json.text();
  }

  /** A page of the record, newest first; of one characteristic, or of all when it is null. */
  public Page<AuditEntry> list(@Nullable Long characteristicId, PageRequest page) {
    var entries =
        new NumberedList(
            "spc_audit",
            characteristicId == null ? "" : "characteristic = :characteristic",
            Rows.optional("characteristic", characteristicId),
            true);
    return database.snapshot(handle -> entries.page(handle, page, AuditStore::entry));
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

  /**
   * The changes of a characteristic's chart and samples since a time, the newest first; not what
   * was said and done about violations, nor annotations.
   */
  public List<AuditEntry> since(long characteristicId, Instant time) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM spc_audit
                WHERE characteristic = :characteristic AND at > :at AND action NOT IN
                  ('ACKNOWLEDGED', 'CLOSED', 'ANNOTATED', 'ANNOTATION_REMOVED')
                ORDER BY id DESC
                """)
            .bind("characteristic", characteristicId)
            .bind("at", time)
            .map(AuditStore::entry)
            .list());
  }

  private static Author author(ResultSet row) throws SQLException {
    var meaning = row.getString("signature_meaning");
    var signature =
        meaning == null
            ? null
            : new Signature(meaning, Signature.Proof.valueOf(row.getString("signature_proof")));
    return new Author(row.getString("actor"), signature);
  }

  private static AuditEntry entry(ResultSet row, StatementContext context) throws SQLException {
    return new AuditEntry(
        row.getLong("id"),
        row.getLong("characteristic"),
        Action.valueOf(row.getString("action")),
        row.getLong("subject"),
        author(row),
        Rows.moment(row, "at"),
        Rows.json(row, "before"),
        Rows.json(row, "after"));
  }
}
