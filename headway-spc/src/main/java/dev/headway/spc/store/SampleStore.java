package dev.headway.spc.store;

import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import dev.headway.spc.model.AttributeCount;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Observation;
import dev.headway.spc.model.Position;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Subgroup;
import dev.headway.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Samples, in the order of time. Safe for use by any thread. */
public final class SampleStore {
  private static final int SCAN = 5_000;

  /* The last column tells how to read the measurements. */
  private static final String SELECT =
      """
      SELECT s.id, s.characteristic, s.taken_at, s.measurements, s.batch_number, s.operator_id,
        s.excluded, c.kind IN (%s)
      FROM spc_sample s
      JOIN spc_characteristic c ON c.id = s.characteristic
      """
          .formatted(
              Arrays.stream(ChartKind.values())
                  .filter(ChartKind::countsAttributes)
                  .map(kind -> "'" + kind.name() + "'")
                  .collect(Collectors.joining(", ")));

  /* Samples of an earlier version count as stored when they were taken. */
  private static final String STORED_AT = "coalesce(s.stored_at, s.taken_at)";

  private final Database database;

  /** Samples in {@code database}. */
  public SampleStore(Database database) {
    this.database = database;
  }

  /**
   * A part of a characteristic's series.
   *
   * @param characteristicId the characteristic
   * @param from taken at this time or later; null for no such bound
   * @param to taken at this time or earlier; null for no such bound
   */
  public record Range(long characteristicId, @Nullable Instant from, @Nullable Instant to) {
    /** All samples of a characteristic. */
    public static Range all(long characteristicId) {
      return new Range(characteristicId, null, null);
    }

    /** Whether samples of a time lie in the range. */
    public boolean contains(Instant time) {
      return (from == null || !time.isBefore(from)) && (to == null || !time.isAfter(to));
    }

    private String where() {
      return "WHERE s.characteristic = :characteristic"
          + (from == null ? "" : " AND s.taken_at >= :from")
          + (to == null ? "" : " AND s.taken_at <= :to");
    }

    private Map<String, Object> values() {
      var values = new HashMap<String, Object>();
      values.put("characteristic", characteristicId);
      values.putAll(Rows.optional("from", from));
      values.putAll(Rows.optional("to", to));
      return values;
    }
  }

  /** The samples with these numbers; unknown ones are left out. */
  public List<Sample> find(Collection<Long> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return database.read(handle ->
        handle
            .createQuery(SELECT + "WHERE s.id IN (<ids>) ORDER BY s.taken_at, s.id")
            .bindList("ids", List.copyOf(ids))
            .map(SampleStore::sample)
            .list());
  }

  /** The sample of a number. */
  public Optional<Sample> find(long id) {
    return find(List.of(id)).stream().findFirst();
  }

  /** The samples of a characteristic that were stored under keys, by key. */
  public Map<String, Long> ofKeys(long characteristicId, Collection<String> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT sample_key, sample FROM spc_sample_key
                WHERE characteristic = :characteristic AND sample_key IN (<keys>)
                """)
            .bind("characteristic", characteristicId)
            .bindList("keys", List.copyOf(keys))
            .map((row, _) -> Map.entry(row.getString("sample_key"), row.getLong("sample")))
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** The last samples of a range, the oldest of them first. */
  public List<Sample> latest(Range range, int limit) {
    return database.read(handle -> newest(handle, range.where(), range.values(), limit).reversed());
  }

  /** The last samples of a range that had been stored by a time, the oldest of them first. */
  public List<Sample> latestStoredBy(Range range, Instant time, int limit) {
    var values = new HashMap<>(range.values());
    values.put("time", time);
    var where = range.where() + " AND s.taken_at <= :time AND " + STORED_AT + " <= :time";
    return database.read(handle -> newest(handle, where, values, limit).reversed());
  }

  /** Those of the samples with these numbers that were stored after a time. */
  public Set<Long> storedAfter(Collection<Long> ids, Instant time) {
    if (ids.isEmpty()) {
      return Set.of();
    }
    return database.read(handle ->
        Set.copyOf(
            handle
                .createQuery(
                    "SELECT s.id FROM spc_sample s WHERE s.id IN (<ids>) AND "
                        + STORED_AT
                        + " > :time")
                .bindList("ids", List.copyOf(ids))
                .bind("time", time)
                .mapTo(long.class)
                .list()));
  }

  /** The last samples of a range that are not excluded, the oldest of them first. */
  public List<Sample> latestIncluded(Range range, int limit) {
    return database.read(handle ->
        newest(handle, range.where() + " AND NOT s.excluded", range.values(), limit).reversed());
  }

  /** The samples of a range that are not excluded and lie before a place, the oldest first. */
  public List<Sample> includedBefore(Range range, Position place, int limit) {
    var values = new HashMap<>(range.values());
    values.put("at", place.at());
    values.put("id", place.sampleId());
    var where = range.where() + " AND NOT s.excluded AND (s.taken_at, s.id) < (:at, :id)";
    return database.read(handle -> newest(handle, where, values, limit).reversed());
  }

  /** The late samples of a characteristic after a number, the newest of them. */
  public List<Sample> lateAfter(long characteristicId, long id, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                SELECT
                    + """
                    WHERE s.characteristic = :characteristic AND s.late AND s.id > :id
                    ORDER BY s.id DESC LIMIT :limit
                    """)
            .bind("characteristic", characteristicId)
            .bind("id", id)
            .bind("limit", limit)
            .map(SampleStore::sample)
            .list());
  }

  private static List<Sample> newest(
      Handle handle, String where, Map<String, Object> values, int limit) {
    return handle
        .createQuery(SELECT + where + " ORDER BY s.taken_at DESC, s.id DESC LIMIT :limit")
        .bindMap(values)
        .bind("limit", limit)
        .map(SampleStore::sample)
        .list();
  }

  /** A page of the samples of a range, newest first. */
  public Page<Sample> list(Range range, PageRequest page) {
    var after = page.after(Position::parse);
    var values = new HashMap<>(range.values());
    if (after != null) {
      values.putAll(Map.of("at", after.at(), "id", after.sampleId()));
    }
    var where = range.where() + (after == null ? "" : " AND (s.taken_at, s.id) < (:at, :id)");
    return database.snapshot(handle -> {
      var items =
          handle
              .createQuery(
                  SELECT
                      + where
                      + " ORDER BY s.taken_at DESC, s.id DESC LIMIT :limit OFFSET :offset")
              .bindMap(values)
              .bind("limit", page.size())
              .bind("offset", page.offset())
              .map(SampleStore::sample)
              .list();
      return Page.of(page, items, count(handle, range), Sample::position);
    });
  }

  private static long count(Handle handle, Range range) {
    return handle
        .createQuery("SELECT count(*) FROM spc_sample s " + range.where())
        .bindMap(range.values())
        .mapTo(long.class)
        .one();
  }

  /**
   * Gives the samples of a range from a place on, in order, to a receiver until that has enough.
   * Reads in portions, so that a series of any length takes constant memory and holds up nobody.
   *
   * @param receiver says whether it wants another one
   */
  public void scan(Range range, Position from, Predicate<Sample> receiver) {
    var next = from;
    List<Sample> portion;
    do {
      portion = portion(range, next);
      for (var sample : portion) {
        if (!receiver.test(sample)) {
          return;
        }
      }
      next = portion.isEmpty() ? next : after(portion.getLast());
    } while (portion.size() == SCAN);
  }

  private static Position after(Sample sample) {
    return new Position(sample.timestamp(), sample.id() + 1);
  }

  private List<Sample> portion(Range range, Position from) {
    return database.read(handle ->
        handle
            .createQuery(
                SELECT
                    + range.where()
                    + " AND (s.taken_at, s.id) >= (:at, :id) ORDER BY s.taken_at, s.id LIMIT"
                    + " :limit")
            .bindMap(range.values())
            .bind("at", from.at())
            .bind("id", from.sampleId())
            .bind("limit", SCAN)
            .map(SampleStore::sample)
            .list());
  }

  /** Whether a characteristic has samples. */
  public boolean any(long characteristicId) {
    return !latest(Range.all(characteristicId), 1).isEmpty();
  }

  /**
   * Deletes samples taken before a time, with the violations that ended before it. Does so in
   * portions, so that nobody who stores samples waits long.
   *
   * @return how many
   */
  public long purge(Instant before) {
    var characteristics =
        database.read(handle ->
            handle.createQuery("SELECT id FROM spc_characteristic").mapTo(long.class).list());
    var gone = 0L;
    for (var characteristic : characteristics) {
      int portion;
      do {
        portion = database.write(handle -> purge(handle, characteristic, before));
        gone += portion;
      } while (portion == SCAN);
    }
    return gone;
  }

  private static int purge(Handle handle, long characteristic, Instant before) {
    var oldest =
        handle
            .createQuery(
                """
                SELECT id, taken_at FROM spc_sample
                WHERE characteristic = :characteristic AND taken_at < :before
                ORDER BY taken_at, id LIMIT :limit
                """)
            .bind("characteristic", characteristic)
            .bind("before", before)
            .bind("limit", SCAN)
            .map((row, _) -> new Position(Rows.moment(row, "taken_at"), row.getLong("id")))
            .list();
    if (!oldest.isEmpty()) {
      var last = oldest.getLast();
      for (var table : List.of("spc_sample_key", "spc_annotation")) {
        purgeTo(
            handle,
            """
            DELETE FROM %s WHERE sample IN (
              SELECT id FROM spc_sample
              WHERE characteristic = :characteristic AND (taken_at, id) <= (:at, :id))
            """
                .formatted(table),
            characteristic,
            last);
      }
      purgeTo(
          handle,
          """
          DELETE FROM spc_sample
          WHERE characteristic = :characteristic AND (taken_at, id) <= (:at, :id)
          """,
          characteristic,
          last);
      purgeTo(
          handle,
          """
          DELETE FROM spc_violation
          WHERE characteristic = :characteristic AND (last_at, last_sample) <= (:at, :id)
          """,
          characteristic,
          last);
    }
    return oldest.size();
  }

  private static void purgeTo(Handle handle, String statement, long characteristic, Position last) {
    handle
        .createUpdate(statement)
        .bind("characteristic", characteristic)
        .bind("id", last.sampleId())
        .bind("at", last.at())
        .execute();
  }

  private static Sample sample(ResultSet row, StatementContext context) throws SQLException {
    // By position: a history of a hundred thousand is read while somebody waits.
    return new Sample(
        row.getLong(1),
        row.getLong(2),
        Instant.EPOCH.plus(row.getLong(3), ChronoUnit.MICROS),
        observation(row.getString(4), row.getBoolean(8)),
        row.getString(5),
        row.getString(6),
        row.getBoolean(7));
  }

  private static Observation observation(String text, boolean counts) {
    var numbers = numbers(text);
    return counts ? new AttributeCount(numbers[0], numbers[1]) : Subgroup.of(numbers);
  }

  private static double[] numbers(String text) {
    if (text.indexOf(',') < 0) {
      return new double[] {Double.parseDouble(text)};
    }
    var parts = text.split(",", -1);
    var numbers = new double[parts.length];
    for (var at = 0; at < parts.length; at++) {
      numbers[at] = Double.parseDouble(parts[at]);
    }
    return numbers;
  }
}
