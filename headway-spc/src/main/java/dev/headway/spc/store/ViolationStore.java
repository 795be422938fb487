package dev.headway.spc.store;

import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import dev.headway.spc.model.Acknowledgment;
import dev.headway.spc.model.Closure;
import dev.headway.spc.model.PatternKey;
import dev.headway.spc.model.PlottedStatistic;
import dev.headway.spc.model.Position;
import dev.headway.spc.model.RuleId;
import dev.headway.spc.model.Severity;
import dev.headway.spc.model.Side;
import dev.headway.spc.model.Violation;
import dev.headway.store.Database;
import dev.headway.store.NumberedList;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Violations and their acknowledgments. One whose pattern is no longer there is withdrawn: it stays
 * on record, but is not found by what does not say so. Safe for use by any thread.
 */
public final class ViolationStore {
  private static final String IN_FORCE = "withdrawn_at IS NULL";

  private final Database database;

  /** Violations in {@code database}. */
  public ViolationStore(Database database) {
    this.database = database;
  }

  /**
   * Properties that violations are selected by; null leaves one open.
   *
   * @param characteristicId whose chart
   * @param acknowledged whether somebody has answered
   * @param rule found by this rule
   * @param severity of this severity
   */
  public record Filter(
      @Nullable Long characteristicId,
      @Nullable Boolean acknowledged,
      @Nullable RuleId rule,
      @Nullable Severity severity) {
    private String condition() {
      return IN_FORCE
          + (characteristicId == null ? "" : " AND characteristic = :characteristic")
          + (acknowledged == null ? "" : acknowledged ? " AND ack_at IS NOT NULL" : OPEN)
          + (rule == null ? "" : " AND rule = :rule")
          + (severity == null ? "" : " AND severity = :severity");
    }

    private Map<String, Object> values() {
      var values = new HashMap<String, Object>();
      values.putAll(Rows.optional("characteristic", characteristicId));
      values.putAll(Rows.optional("rule", rule == null ? null : rule.number()));
      values.putAll(Rows.optional("severity", severity == null ? null : severity.name()));
      return values;
    }
  }

  private static final String OPEN = " AND ack_at IS NULL";

  private List<Violation> query(String where, Map<String, ?> values) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM spc_violation WHERE " + where)
            .bindMap(values)
            .map(ViolationStore::violation)
            .list());
  }

  /** The violations with these numbers, ascending; unknown and withdrawn ones are left out. */
  public List<Violation> find(Collection<Long> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT * FROM spc_violation WHERE id IN (<ids>) AND %s ORDER BY id"
                    .formatted(IN_FORCE))
            .bindList("ids", List.copyOf(ids))
            .map(ViolationStore::violation)
            .list());
  }

  /** The violations of a characteristic that nobody has answered, the newest of them, ascending. */
  public List<Violation> open(long characteristicId, int limit) {
    var filter = new Filter(characteristicId, false, null, null);
    return list(filter, new PageRequest(1, limit)).items().reversed();
  }

  /** The violations that span samples of a period, ascending. */
  public List<Violation> spanning(long characteristicId, Instant from, Instant to) {
    return query(
        "characteristic = :characteristic AND last_at >= :from AND first_at <= :to AND "
            + IN_FORCE
            + " ORDER BY id",
        Map.of("characteristic", characteristicId, "from", from, "to", to));
  }

  /** The violations that span samples of a period, those that were withdrawn among them. */
  public List<RecordedViolation> recorded(long characteristicId, Instant from, Instant to) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM spc_violation
                WHERE characteristic = :characteristic AND last_at >= :from AND first_at <= :to
                ORDER BY at, sample, id
                """)
            .bindMap(Map.of("characteristic", characteristicId, "from", from, "to", to))
            .map((row, context) ->
                new RecordedViolation(
                    violation(row, context), Rows.integer(row, "withdrawn_at") != null))
            .list());
  }

  /**
   * A violation on record.
   *
   * @param violation the violation
   * @param withdrawn whether its pattern is no longer there
   */
  public record RecordedViolation(Violation violation, boolean withdrawn) {}

  /** The newest violation of each kind of pattern on a characteristic's charts. */
  public List<Violation> newestOfEachKey(long characteristicId) {
    return query(
        """
        id IN (
          SELECT max(id) FROM spc_violation
          WHERE characteristic = :characteristic AND withdrawn_at IS NULL
          GROUP BY statistic, rule, side)
        """,
        Map.of("characteristic", characteristicId));
  }

  /** The violations after a number, the newest of them, ascending. */
  public List<Violation> after(long characteristicId, long id, int limit) {
    return query(
            "characteristic = :characteristic AND id > :id AND "
                + IN_FORCE
                + " ORDER BY id DESC LIMIT :limit",
            Map.of("characteristic", characteristicId, "id", id, "limit", limit))
        .reversed();
  }

  /** The highest number of a characteristic's violations, or 0. */
  public long newestId(long characteristicId) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT coalesce(max(id), 0) FROM spc_violation WHERE characteristic = :id")
            .bind("id", characteristicId)
            .mapTo(long.class)
            .one());
  }

  /** A page of violations, newest first. */
  public Page<Violation> list(Filter filter, PageRequest page) {
    var violations = new NumberedList("spc_violation", filter.condition(), filter.values(), true);
    return database.snapshot(handle -> violations.page(handle, page, ViolationStore::violation));
  }

  /**
   * How many violations there are.
   *
   * @param open that nobody has answered
   * @param byRule all, by the rule's number
   * @param bySeverity all, by severity
   */
  public record Counts(
      long total, long open, Map<Integer, Long> byRule, Map<Severity, Long> bySeverity) {}

  /** Counts violations; of all characteristics when the number is null. */
  public Counts counts(@Nullable Long characteristicId) {
    var filter = new Filter(characteristicId, null, null, null);
    var open = new long[2];
    var byRule = new LinkedHashMap<Integer, Long>();
    var bySeverity = new LinkedHashMap<Severity, Long>();
    database.read(handle -> {
      handle
          .createQuery(
              """
              SELECT rule, severity, ack_at IS NULL AS open, count(*) AS count FROM spc_violation
              WHERE %s GROUP BY rule, severity, ack_at IS NULL ORDER BY rule
              """
                  .formatted(filter.condition()))
          .bindMap(filter.values())
          .map((row, _) -> {
            var count = row.getLong("count");
            open[row.getBoolean("open") ? 1 : 0] += count;
            byRule.merge(row.getInt("rule"), count, Long::sum);
            bySeverity.merge(Severity.valueOf(row.getString("severity")), count, Long::sum);
            return count;
          })
          .list();
      return true;
    });
    return new Counts(open[0] + open[1], open[1], byRule, bySeverity);
  }

  /**
   * An acknowledged violation.
   *
   * @param violation the violation with its answer
   * @param auditId the number of the entry of the audit trail
   */
  public record AcknowledgedViolation(Violation violation, long auditId) {}

  /**
   * Acknowledges those of the violations that nobody has answered yet.
   *
   * @param audit makes the entry for each
   * @return what was acknowledged now
   */
  public List<AcknowledgedViolation> acknowledge(
      Collection<Long> ids, Acknowledgment answer, Function<Violation, AuditEntry> audit) {
    return database.write(handle -> {
      var acknowledged = new ArrayList<AcknowledgedViolation>();
      for (var id : ids) {
        acknowledge(handle, id, answer)
            .ifPresent(violation -> {
              CharacteristicStore.countOn(handle, violation.characteristicId());
              var entry = AuditStore.append(handle, audit.apply(violation));
              acknowledged.add(new AcknowledgedViolation(violation, entry));
            });
      }
      return acknowledged;
    });
  }

  /**
   * Closes a violation that was acknowledged and is not closed; empty otherwise.
   *
   * @param audit the entry of the audit trail
   */
  public Optional<Violation> close(long id, Closure closure, AuditEntry audit) {
    return database.write(handle -> {
      var closed =
          handle
              .createQuery(
                  """
                  UPDATE spc_violation
                  SET cause = :cause, action = :action, closed_by = :user, closed_at = :at,
                    closed_meaning = :meaning
                  WHERE id = :id AND ack_at IS NOT NULL AND closed_at IS NULL
                    AND withdrawn_at IS NULL RETURNING *
                  """)
              .bind("cause", closure.cause())
              .bind("action", closure.action())
              .bind("user", closure.user())
              .bind("at", closure.at())
              .bind("meaning", closure.meaning())
              .bind("id", id)
              .map(ViolationStore::violation)
              .findOne();
      closed.ifPresent(violation -> {
        CharacteristicStore.countOn(handle, violation.characteristicId());
        AuditStore.append(handle, audit);
      });
      return closed;
    });
  }

  private static Optional<Violation> acknowledge(Handle handle, long id, Acknowledgment answer) {
    return handle
        .createQuery(
            """
            UPDATE spc_violation
            SET ack_user = :user, ack_reason = :reason, ack_at = :at, ack_meaning = :meaning
            WHERE id = :id AND ack_at IS NULL AND withdrawn_at IS NULL RETURNING *
            """)
        .bind("user", answer.user())
        .bind("reason", answer.reason())
        .bind("at", answer.at())
        .bind("meaning", answer.meaning())
        .bind("id", id)
        .map(ViolationStore::violation)
        .findOne();
  }

  static Violation violation(ResultSet row, StatementContext context) throws SQLException {
    var key =
        new PatternKey(
            PlottedStatistic.valueOf(row.getString("statistic")),
            Objects.requireNonNull(RuleId.ofNumber(row.getInt("rule"))),
            Side.valueOf(row.getString("side")));
    var extent =
        new Violation.Extent(
            new Position(Rows.moment(row, "first_at"), row.getLong("first_sample")),
            new Position(Rows.moment(row, "at"), row.getLong("sample")),
            new Position(Rows.moment(row, "last_at"), row.getLong("last_sample")),
            row.getInt("sample_count"));
    return new Violation(
        row.getLong("id"),
        row.getLong("characteristic"),
        key,
        Severity.valueOf(row.getString("severity")),
        extent,
        row.getBoolean("retrospective"),
        acknowledgment(row),
        closure(row));
  }

  private static @Nullable Closure closure(ResultSet row) throws SQLException {
    var user = row.getString("closed_by");
    return user == null
        ? null
        : new Closure(
            row.getString("cause"),
            row.getString("action"),
            user,
            Rows.moment(row, "closed_at"),
            row.getString("closed_meaning"));
  }

  private static @Nullable Acknowledgment acknowledgment(ResultSet row) throws SQLException {
    var user = row.getString("ack_user");
    return user == null
        ? null
        : new Acknowledgment(
            user,
            row.getString("ack_reason"),
            Rows.moment(row, "ack_at"),
            row.getString("ack_meaning"));
  }
}
