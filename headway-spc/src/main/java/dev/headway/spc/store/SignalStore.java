package dev.headway.spc.store;

import dev.headway.spc.input.MachineSignal;
import dev.headway.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Signals, and values that wait for the others of their subgroup. Safe for use by any thread. */
public final class SignalStore {
  private final Database database;

  /** Signals in {@code database}. */
  public SignalStore(Database database) {
    this.database = database;
  }

  /**
   * A value that waits for the others of its subgroup.
   *
   * @param id its number, from 1; 0 before it is stored
   * @param signalId the signal that it came by
   * @param groupKey values of one subgroup have the same
   * @param value the value
   * @param takenAt when it was measured
   * @param cameAt when it came
   */
  public record WaitingValue(
      long id, long signalId, String groupKey, double value, Instant takenAt, Instant cameAt) {}

  /** All signals, in the order of their numbers. */
  public List<MachineSignal> list() {
    return database.read(handle ->
        handle.createQuery("SELECT * FROM spc_signal ORDER BY id").map(SignalStore::signal).list());
  }

  /** The signal of a number. */
  public Optional<MachineSignal> find(long id) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM spc_signal WHERE id = :id")
            .bind("id", id)
            .map(SignalStore::signal)
            .findOne());
  }

  /** Stores a signal; one without a number gets one. */
  public MachineSignal save(MachineSignal signal) {
    var statement =
        signal.id() == 0
            ? """
            INSERT INTO spc_signal (topic, path, characteristic, gather_seconds, key_path)
            VALUES (:topic, :path, :characteristic, :gather, :key) RETURNING *
            """
            : """
            UPDATE spc_signal SET topic = :topic, path = :path, characteristic = :characteristic,
              gather_seconds = :gather, key_path = :key
            WHERE id = :id RETURNING *
            """;
    return database.write(handle -> {
      var query = handle.createQuery(statement).bindMap(values(signal));
      return (signal.id() == 0 ? query : query.bind("id", signal.id()))
          .map(SignalStore::signal)
          .one();
    });
  }

  private static Map<String, @Nullable Object> values(MachineSignal signal) {
    var values = new HashMap<String, @Nullable Object>();
    values.put("topic", signal.topic());
    values.put("path", signal.path());
    values.put("characteristic", signal.characteristicId());
    values.put("gather", signal.gatherSeconds());
    values.put("key", signal.keyPath());
    return values;
  }

  /** Deletes a signal with the values that wait; false when there was none. */
  public boolean delete(long id) {
    return database.write(handle -> {
      handle
          .createUpdate("DELETE FROM spc_waiting_value WHERE signal = :id")
          .bind("id", id)
          .execute();
      return handle.createUpdate("DELETE FROM spc_signal WHERE id = :id").bind("id", id).execute();
    })
        > 0;
  }

  /** Keeps values in one transaction. */
  public void keep(List<WaitingValue> values) {
    database.write(handle -> {
      for (var value : values) {
        handle
            .createUpdate(
                """
                INSERT INTO spc_waiting_value (signal, group_key, value, taken_at, came_at)
                VALUES (:signal, :key, :value, :taken, :came)
                """)
            .bind("signal", value.signalId())
            .bind("key", value.groupKey())
            .bind("value", value.value())
            .bind("taken", value.takenAt())
            .bind("came", value.cameAt())
            .execute();
      }
      return values.size();
    });
  }

  /** The values that wait, in the order in which they came. */
  public List<WaitingValue> waiting() {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM spc_waiting_value ORDER BY signal, id")
            .map((row, _) ->
                new WaitingValue(
                    row.getLong("id"),
                    row.getLong("signal"),
                    row.getString("group_key"),
                    row.getDouble("value"),
                    Rows.moment(row, "taken_at"),
                    Rows.moment(row, "came_at")))
            .list());
  }

  /** Forgets values that wait no longer. */
  public void forget(Collection<Long> ids) {
    if (!ids.isEmpty()) {
      database.write(handle ->
          handle
              .createUpdate("DELETE FROM spc_waiting_value WHERE id IN (<ids>)")
              .bindList("ids", List.copyOf(ids))
              .execute());
    }
  }

  private static MachineSignal signal(ResultSet row, StatementContext context) throws SQLException {
    var gather = Rows.integer(row, "gather_seconds");
    return new MachineSignal(
        row.getLong("id"),
        row.getString("topic"),
        row.getString("path"),
        row.getLong("characteristic"),
        gather == null ? null : (Integer) gather.intValue(),
        row.getString("key_path"));
  }
}
