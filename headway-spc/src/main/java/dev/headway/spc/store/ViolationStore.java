package dev.headway.spc.store;

import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import dev.headway.spc.model.Acknowledgment;
import dev.headway.spc.model.PlottedStatistic;
import dev.headway.spc.model.RuleId;
import dev.headway.spc.model.Severity;
import dev.headway.spc.model.Side;
import dev.headway.spc.model.Violation;
import dev.headway.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Violations, their samples and their acknowledgments. Safe for use by any thread. */
public final class ViolationStore {
  private final Database database;

  /** Violations in {@code database}. */
  public ViolationStore(Database database) {
    this.database = database;
  }

  /**
   * Which violations are meant; null leaves a property open.
   *
   * @param characteristicId whose
   * @param acknowledged whether somebody has answered
   * @param rule found by this rule
   * @param severity of this severity
   */
  public record Filter(
      @Nullable Long characteristicId,
      @Nullable Boolean acknowledged,
      @Nullable RuleId rule,
      @Nullable Severity severity) {

    private String where() {
      return "WHERE TRUE"
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

  /** The violations that samples are part of, by sample, ascending. */
  static Map<Long, List<Long>> violationsOf(Handle handle, Collection<Long> samples) {
    if (samples.isEmpty()) {
      return Map.of();
    }
    var found = new HashMap<Long, List<Long>>();
    handle
        .createQuery(
            """
            SELECT violation, sample FROM spc_violation_sample
            WHERE sample IN (<samples>) ORDER BY violation
            """)
        .bindList("samples", List.copyOf(samples))
        .map((row, _) -> new long[] {row.getLong("violation"), row.getLong("sample")})
        .forEach(pair -> found.computeIfAbsent(pair[1], _ -> new ArrayList<>()).add(pair[0]));
    return found;
  }

  /** The samples of violations, the newest {@code limit} of each, ascending. */
  public Map<Long, List<Long>> members(Collection<Long> violations, int limit) {
    if (violations.isEmpty()) {
      return Map.of();
    }
    return database.read(handle -> {
      var found = new HashMap<Long, List<Long>>();
      handle
          .createQuery(
              """
              SELECT violation, sample FROM (
                SELECT violation, sample,
                  row_number() OVER (PARTITION BY violation ORDER BY sample DESC) AS place
                FROM spc_violation_sample WHERE violation IN (<violations>)) AS newest
              WHERE place <= :limit ORDER BY sample
              """)
          .bindList("violations", List.copyOf(violations))
          .bind("limit", limit)
          .map((row, _) -> new long[] {row.getLong("violation"), row.getLong("sample")})
          .forEach(pair -> found.computeIfAbsent(pair[0], _ -> new ArrayList<>()).add(pair[1]));
      return found;
    });
  }

  /** The violations with these numbers, ascending; unknown ones are left out. */
  public List<Violation> find(Collection<Long> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM spc_violation WHERE id IN (<ids>) ORDER BY id")
            .bindList("ids", List.copyOf(ids))
            .map(ViolationStore::violation)
            .list());
  }

  /** The violations of a characteristic that nobody has answered, the newest of them, ascending. */
  public List<Violation> open(long characteristicId, int limit) {
    var filter = new Filter(characteristicId, false, null, null);
    return list(filter, new PageRequest(1, limit)).items().reversed();
  }

  /** The newest violation of each form on a characteristic's charts. */
  public List<Violation> newestOfEachForm(long characteristicId) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM spc_violation WHERE id IN (
                  SELECT max(id) FROM spc_violation WHERE characteristic = :characteristic
                  GROUP BY statistic, rule, side)
                """)
            .bind("characteristic", characteristicId)
            .map(ViolationStore::violation)
            .list());
  }

  /** The violations that began at one of a characteristic's samples after a number, ascending. */
  public List<Violation> begunAfter(long characteristicId, long sample, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM spc_violation
                WHERE characteristic = :characteristic AND sample > :sample
                ORDER BY id DESC LIMIT :limit
                """)
            .bind("characteristic", characteristicId)
            .bind("sample", sample)
            .bind("limit", limit)
            .map(ViolationStore::violation)
            .list()
            .reversed());
  }

  /** A page of violations, newest first. */
  public Page<Violation> list(Filter filter, PageRequest page) {
    return database.read(handle -> {
      var total =
          handle
              .createQuery("SELECT count(*) FROM spc_violation " + filter.where())
              .bindMap(filter.values())
              .mapTo(long.class)
              .one();
      var items =
          handle
              .createQuery(
                  "SELECT * FROM spc_violation %s ORDER BY id DESC LIMIT :limit OFFSET :offset"
                      .formatted(filter.where()))
              .bindMap(filter.values())
              .bind("limit", page.size())
              .bind("offset", page.offset())
              .map(ViolationStore::violation)
              .list();
      return new Page<>(items, total);
    });
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
              %s GROUP BY rule, severity, ack_at IS NULL ORDER BY rule
              """
                  .formatted(filter.where()))
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
   * Acknowledges those of the violations that nobody has answered yet.
   *
   * @param audit makes the entry for each
   * @return what was acknowledged now
   */
  public List<Violation> acknowledge(
      Collection<Long> ids, Acknowledgment answer, Function<Violation, AuditEntry> audit) {
    return database.write(handle -> {
      var acknowledged = new ArrayList<Violation>();
      for (var id : ids) {
        handle
            .createQuery(
                """
                UPDATE spc_violation SET ack_user = :user, ack_reason = :reason, ack_at = :at
                WHERE id = :id AND ack_at IS NULL RETURNING *
                """)
            .bind("user", answer.user())
            .bind("reason", answer.reason())
            .bind("at", answer.at())
            .bind("id", id)
            .map(ViolationStore::violation)
            .findOne()
            .ifPresent(violation -> {
              AuditStore.append(handle, audit.apply(violation));
              acknowledged.add(violation);
            });
      }
      return acknowledged;
    });
  }

  private static Violation violation(ResultSet row, StatementContext context) throws SQLException {
    return new Violation(
        row.getLong("id"),
        row.getLong("characteristic"),
        PlottedStatistic.valueOf(row.getString("statistic")),
        Objects.requireNonNull(RuleId.ofNumber(row.getInt("rule"))),
        Severity.valueOf(row.getString("severity")),
        Side.valueOf(row.getString("side")),
        row.getLong("sample"),
        row.getLong("last_sample"),
        row.getInt("sample_count"),
        Rows.moment(row, "at"),
        acknowledgment(row));
  }

  private static @Nullable Acknowledgment acknowledgment(ResultSet row) throws SQLException {
    var user = row.getString("ack_user");
    return user == null
        ? null
        : new Acknowledgment(user, row.getString("ack_reason"), Rows.moment(row, "ack_at"));
  }
}
