package dev.headway.spc.store;

import dev.headway.core.error.Defect;
import dev.headway.core.job.Json;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import dev.headway.server.json.JsonCodec;
import dev.headway.store.Database;
import dev.headway.store.NumberedList;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** Messages that could not be read; the newest of them are kept. Safe for use by any thread. */
public final class RefusedStore {
  /** So many are kept. */
  private static final int KEPT = 10_000;

  private final Database database;

  /** Messages in {@code database}. */
  public RefusedStore(Database database) {
    this.database = database;
  }

  /**
   * A message that could not be read.
   *
   * @param id its number, from 1; 0 before it is stored
   * @param topic under which it was published
   * @param payload its bytes
   * @param reasons everything that is wrong with it
   * @param at when it came
   */
  @SuppressWarnings("ArrayRecordComponent") // a message is not copied
  public record RefusedMessage(
      long id, String topic, byte[] payload, List<Defect> reasons, Instant at) {}

  /** Keeps a message, and forgets the oldest where there are too many. */
  public void keep(RefusedMessage message) {
    database.write(handle -> {
      var id =
          handle
              .createQuery(
                  """
                  INSERT INTO spc_refused_message (topic, payload, reasons, at)
                  VALUES (:topic, :payload, :reasons, :at) RETURNING id
                  """)
              .bind("topic", message.topic())
              .bind("payload", Base64.getEncoder().encodeToString(message.payload()))
              .bind("reasons", JsonCodec.json(message.reasons()).text())
              .bind("at", message.at())
              .mapTo(long.class)
              .one();
      return handle
          .createUpdate("DELETE FROM spc_refused_message WHERE id <= :old")
          .bind("old", id - KEPT)
          .execute();
    });
  }

  /** A page of the messages, newest first. */
  public Page<RefusedMessage> list(PageRequest page) {
    var messages = NumberedList.all("spc_refused_message", true);
    return database.snapshot(handle -> messages.page(handle, page, RefusedStore::message));
  }

  /** The message of a number. */
  public Optional<RefusedMessage> find(long id) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM spc_refused_message WHERE id = :id")
            .bind("id", id)
            .map(RefusedStore::message)
            .findOne());
  }

  /** Forgets a message; false when there was none. */
  public boolean delete(long id) {
    return database.write(handle ->
        handle
            .createUpdate("DELETE FROM spc_refused_message WHERE id = :id")
            .bind("id", id)
            .execute())
        > 0;
  }

  private static RefusedMessage message(ResultSet row, StatementContext context)
      throws SQLException {
    return new RefusedMessage(
        row.getLong("id"),
        row.getString("topic"),
        Base64.getDecoder().decode(row.getString("payload")),
        List.of(JsonCodec.read(new Json(row.getString("reasons")), Defect[].class)),
        Rows.moment(row, "at"));
  }
}
