package dev.headway.spc.store;

import dev.headway.spc.model.AlarmReceiver;
import dev.headway.spc.model.Severity;
import dev.headway.spc.model.Violation;
import dev.headway.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Receivers of alarms, and what was told to them. Safe for use by any thread. */
public final class AlarmStore {
  private final Database database;

  /** Alarms in {@code database}. */
  public AlarmStore(Database database) {
    this.database = database;
  }

  /**
   * A message that is due.
   *
   * @param id its number
   * @param violationId of which violation
   * @param receiverId to whom
   * @param number from 0: the first time
   * @param attempts how often it was tried, this time included
   */
  public record DueDelivery(long id, long violationId, long receiverId, int number, int attempts) {}

  /**
   * A message that was or will be told.
   *
   * @param receiver the name of the receiver; empty when it was deleted
   * @param kind by what it is told
   * @param address where e-mails go; empty for others, whose addresses may be secret
   * @param number from 0: the first time
   * @param attempts how often it was tried
   * @param dueAt when it is tried next; null once it was delivered or given up
   * @param deliveredAt when the receiver took it; null while it has not
   * @param error why the receiver did not take it last
   */
  public record AlarmDelivery(
      String receiver,
      String kind,
      String address,
      int number,
      int attempts,
      @Nullable Instant dueAt,
      @Nullable Instant deliveredAt,
      @Nullable String error) {}

  /** All receivers, in the order of their numbers. */
  public List<AlarmReceiver> list() {
    return database.read(AlarmStore::list);
  }

  private static List<AlarmReceiver> list(Handle handle) {
    return handle
        .createQuery("SELECT * FROM spc_alarm_receiver ORDER BY id")
        .map(AlarmStore::receiver)
        .list();
  }

  /** The receiver of a number. */
  public Optional<AlarmReceiver> find(long id) {
    return list().stream().filter(receiver -> receiver.id() == id).findFirst();
  }

  /** Stores a receiver; one without a number gets one. */
  public AlarmReceiver save(AlarmReceiver receiver) {
    var statement =
        receiver.id() == 0
            ? """
            INSERT INTO spc_alarm_receiver (
              name, kind, address, secret, characteristic, severity, after_minutes, repeat_minutes)
            VALUES (
              :name, :kind, :address, :secret, :characteristic, :severity, :after, :repeat)
            RETURNING *
            """
            : """
            UPDATE spc_alarm_receiver SET name = :name, kind = :kind, address = :address,
              secret = :secret, characteristic = :characteristic, severity = :severity,
              after_minutes = :after, repeat_minutes = :repeat
            WHERE id = :id RETURNING *
            """;
    return database.write(handle -> {
      var query = handle.createQuery(statement).bindMap(values(receiver));
      return (receiver.id() == 0 ? query : query.bind("id", receiver.id()))
          .map(AlarmStore::receiver)
          .one();
    });
  }

  private static Map<String, @Nullable Object> values(AlarmReceiver receiver) {
    var values = new HashMap<String, @Nullable Object>();
    values.put("name", receiver.name());
    values.put("kind", receiver.kind().name());
    values.put("address", receiver.address());
    values.put("secret", receiver.secret());
    values.put("characteristic", receiver.characteristicId());
    values.put("severity", receiver.severity().name());
    values.put("after", receiver.afterMinutes());
    values.put("repeat", receiver.repeatMinutes());
    return values;
  }

  /** Deletes a receiver with what it has not been told yet; false when there was none. */
  public boolean delete(long id) {
    return database.write(handle -> {
      handle
          .createUpdate(
              "DELETE FROM spc_alarm_delivery WHERE receiver = :id AND delivered_at IS NULL")
          .bind("id", id)
          .execute();
      return handle
          .createUpdate("DELETE FROM spc_alarm_receiver WHERE id = :id")
          .bind("id", id)
          .execute();
    })
        > 0;
  }

  /** Finds the receivers of violations that began since the last time. */
  public void raise(Instant now) {
    if (!waiting()) {
      return;
    }
    database.write(handle -> {
      var receivers = list(handle);
      var begun =
          handle
              .createQuery("UPDATE spc_violation SET alarmed = TRUE WHERE NOT alarmed RETURNING *")
              .map(ViolationStore::violation)
              .list();
      for (var violation : begun) {
        receivers.stream()
            .filter(receiver -> receiver.wants(violation))
            .forEach(receiver -> tell(handle, violation, receiver, now));
      }
      return begun.size();
    });
  }

  private boolean waiting() {
    return database.read(handle ->
        handle
            .createQuery("SELECT 1 FROM spc_violation WHERE NOT alarmed LIMIT 1")
            .mapTo(int.class)
            .findOne()
            .isPresent());
  }

  private static void tell(
      Handle handle, Violation violation, AlarmReceiver receiver, Instant now) {
    var due = now.plus(receiver.afterMinutes(), ChronoUnit.MINUTES);
    insert(handle, new DueDelivery(0, violation.id(), receiver.id(), 0, 0), due);
  }

  private static void insert(Handle handle, DueDelivery delivery, Instant due) {
    handle
        .createUpdate(
            """
            INSERT INTO spc_alarm_delivery (
              violation, receiver, number, due_at, claimed_until, attempts)
            VALUES (:violation, :receiver, :number, :due, 0, 0)
            ON CONFLICT (violation, receiver, number) DO NOTHING
            """)
        .bind("violation", delivery.violationId())
        .bind("receiver", delivery.receiverId())
        .bind("number", delivery.number())
        .bind("due", due)
        .execute();
  }

  private record Unanswered(long violation, long receiver, int told) {}

  /** Tells receivers again of violations that nobody has answered for as long as they want. */
  public void remind(Instant now) {
    var unanswered =
        database.read(handle ->
            handle
                .createQuery(
                    """
                    SELECT d.violation, d.receiver, count(*) AS told FROM spc_alarm_delivery d
                    JOIN spc_alarm_receiver r ON r.id = d.receiver
                    JOIN spc_violation v ON v.id = d.violation
                    WHERE r.repeat_minutes IS NOT NULL
                      AND v.ack_at IS NULL AND v.withdrawn_at IS NULL
                    GROUP BY d.violation, d.receiver, r.repeat_minutes
                    HAVING count(*) = count(d.delivered_at)
                      AND max(d.delivered_at) + r.repeat_minutes * 60000000 <= :now
                    """)
                .bind("now", now)
                .map((row, _) ->
                    new Unanswered(
                        row.getLong("violation"), row.getLong("receiver"), row.getInt("told")))
                .list());
    if (!unanswered.isEmpty()) {
      database.write(handle -> {
        unanswered.forEach(one ->
            insert(
                handle, new DueDelivery(0, one.violation(), one.receiver(), one.told(), 0), now));
        return unanswered.size();
      });
    }
  }

  /** Takes what is due on oneself until a time, by when another node may have it. */
  public List<DueDelivery> claim(Instant now, Instant until, int limit) {
    var due = "due_at <= :now AND claimed_until <= :now";
    var any =
        database.read(handle ->
            handle
                .createQuery("SELECT 1 FROM spc_alarm_delivery WHERE %s LIMIT 1".formatted(due))
                .bind("now", now)
                .mapTo(int.class)
                .findOne()
                .isPresent());
    if (!any) {
      return List.of();
    }
    return database.write(handle ->
        handle
            .createQuery(
                """
                UPDATE spc_alarm_delivery SET claimed_until = :until, attempts = attempts + 1
                WHERE %1$s AND id IN (
                  SELECT id FROM spc_alarm_delivery WHERE %1$s ORDER BY due_at LIMIT :limit)
                RETURNING *
                """
                    .formatted(due))
            .bind("now", now)
            .bind("until", until)
            .bind("limit", limit)
            .map((row, _) ->
                new DueDelivery(
                    row.getLong("id"),
                    row.getLong("violation"),
                    row.getLong("receiver"),
                    row.getInt("number"),
                    row.getInt("attempts")))
            .list());
  }

  /** Notes that a receiver took messages. */
  public void delivered(List<DueDelivery> due, Instant now) {
    update(
        due, "UPDATE spc_alarm_delivery SET due_at = NULL, delivered_at = :now, error = NULL", now);
  }

  /** Forgets messages whose violations have been answered. */
  public void drop(List<DueDelivery> due) {
    update(due, "DELETE FROM spc_alarm_delivery", null);
  }

  private void update(List<DueDelivery> due, String statement, @Nullable Instant now) {
    if (due.isEmpty()) {
      return;
    }
    database.write(handle -> {
      var update =
          handle
              .createUpdate(statement + " WHERE id IN (<ids>)")
              .bindList("ids", due.stream().map(DueDelivery::id).toList());
      return (now == null ? update : update.bind("now", now)).execute();
    });
  }

  /**
   * Notes that a receiver did not take a message.
   *
   * @param next when it is tried again; null when it is given up
   */
  public void failed(DueDelivery due, String error, @Nullable Instant next) {
    database.write(handle ->
        handle
            .createUpdate(
                """
                UPDATE spc_alarm_delivery SET due_at = :next, claimed_until = 0, error = :error
                WHERE id = :id
                """)
            .bind("id", due.id())
            .bind("next", next)
            .bind("error", error)
            .execute());
  }

  /** The deliveries of a violation, past and to come, in order. */
  public List<AlarmDelivery> of(long violationId) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT d.*, r.name, r.kind, r.address FROM spc_alarm_delivery d
                LEFT JOIN spc_alarm_receiver r ON r.id = d.receiver
                WHERE d.violation = :violation ORDER BY d.id
                """)
            .bind("violation", violationId)
            .map((row, _) ->
                new AlarmDelivery(
                    text(row, "name"),
                    text(row, "kind").toLowerCase(Locale.ROOT),
                    text(row, "kind").equals("MAIL") ? text(row, "address") : "",
                    row.getInt("number"),
                    row.getInt("attempts"),
                    moment(row, "due_at"),
                    moment(row, "delivered_at"),
                    row.getString("error")))
            .list());
  }

  private static String text(ResultSet row, String column) throws SQLException {
    var text = row.getString(column);
    return text == null ? "" : text;
  }

  private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
    return Rows.integer(row, column) == null ? null : Rows.moment(row, column);
  }

  private static AlarmReceiver receiver(ResultSet row, StatementContext context)
      throws SQLException {
    var repeat = Rows.integer(row, "repeat_minutes");
    return new AlarmReceiver(
        row.getLong("id"),
        row.getString("name"),
        AlarmReceiver.Kind.valueOf(row.getString("kind")),
        row.getString("address"),
        row.getString("secret"),
        Rows.integer(row, "characteristic"),
        Severity.valueOf(row.getString("severity")),
        row.getInt("after_minutes"),
        repeat == null ? null : (Integer) repeat.intValue());
  }
}
