package dev.headway.spc.store;

import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.model.AttributeCount;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Observation;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Subgroup;
import dev.headway.spc.model.Zone;
import dev.headway.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Samples and what their charts said of them. Safe for use by any thread. */
public final class SampleStore {
  private static final int SCAN = 5_000;

  /* The kind tells how to read the measurements. */
  private static final String SELECT =
      """
      SELECT s.*, c.kind FROM spc_sample s
      JOIN spc_characteristic c ON c.id = s.characteristic
      """;

  private final Database database;

  /** Samples in {@code database}. */
  public SampleStore(Database database) {
    this.database = database;
  }

  /**
   * Which samples are meant, of one characteristic.
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

  /**
   * Stores a batch; survives a power failure once this returns.
   *
   * @return the ids of the violations that began, in their order
   */
  public List<Long> append(SampleBatch batch) {
    return database.write(handle -> {
      try {
        var ids = new BatchWriter(handle.getConnection()).write(batch);
        if (batch.step() != null) {
          ImportStore.advance(handle, batch.step());
        }
        return ids;
      } catch (SQLException failed) {
        throw new IllegalStateException("A batch of samples was not stored", failed);
      }
    });
  }

  private static Observation observation(String text, boolean counts) {
    var parts = text.split(",", -1);
    var numbers = new double[parts.length];
    for (var at = 0; at < parts.length; at++) {
      numbers[at] = Double.parseDouble(parts[at]);
    }
    return counts ? new AttributeCount(numbers[0], numbers[1]) : Subgroup.of(numbers);
  }

  /** The sample of that number. */
  public Optional<JudgedSample> find(long id) {
    return database.read(handle ->
        withViolations(
                handle,
                handle
                    .createQuery(SELECT + "WHERE s.id = :id")
                    .bind("id", id)
                    .map(SampleStore::judged)
                    .list())
            .stream()
            .findFirst());
  }

  /** The last samples of a range, the oldest of them first. */
  public List<JudgedSample> latest(Range range, int limit) {
    return database.read(handle ->
        withViolations(handle, newest(handle, range.where(), range.values(), limit)).reversed());
  }

  /** The last samples that are not excluded, the oldest of them first. */
  public List<JudgedSample> latestIncluded(long characteristicId, int limit) {
    var range = Range.all(characteristicId);
    return database.read(handle ->
        newest(handle, range.where() + " AND NOT s.excluded", range.values(), limit).reversed());
  }

  /** The samples that are not excluded before a sample, the oldest of them first. */
  public List<JudgedSample> includedBefore(Sample sample, int limit) {
    return database.read(handle ->
        newest(
                handle,
                """
                WHERE s.characteristic = :characteristic AND NOT s.excluded
                  AND (s.taken_at, s.id) < (:at, :id)
                """,
                place(sample),
                limit)
            .reversed());
  }

  /** The samples that are not excluded from a sample on, in order. */
  public List<JudgedSample> includedFrom(Sample sample, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                SELECT
                    + """
                    WHERE s.characteristic = :characteristic AND NOT s.excluded
                      AND (s.taken_at, s.id) >= (:at, :id)
                    ORDER BY s.taken_at, s.id LIMIT :limit
                    """)
            .bindMap(place(sample))
            .bind("limit", limit)
            .map(SampleStore::judged)
            .list());
  }

  private static Map<String, Object> place(Sample sample) {
    return Map.of(
        "characteristic", sample.characteristicId(), "at", sample.timestamp(), "id", sample.id());
  }

  private static List<JudgedSample> newest(
      Handle handle, String where, Map<String, Object> values, int limit) {
    return handle
        .createQuery(SELECT + where + " ORDER BY s.taken_at DESC, s.id DESC LIMIT :limit")
        .bindMap(values)
        .bind("limit", limit)
        .map(SampleStore::judged)
        .list();
  }

  /** A page of the samples of a range, newest first. */
  public Page<JudgedSample> list(Range range, PageRequest page) {
    return database.read(handle -> {
      var total =
          handle
              .createQuery("SELECT count(*) FROM spc_sample s " + range.where())
              .bindMap(range.values())
              .mapTo(long.class)
              .one();
      var items =
          handle
              .createQuery(
                  SELECT
                      + range.where()
                      + " ORDER BY s.taken_at DESC, s.id DESC LIMIT :limit OFFSET :offset")
              .bindMap(range.values())
              .bind("limit", page.size())
              .bind("offset", page.offset())
              .map(SampleStore::judged)
              .list();
      return new Page<>(withViolations(handle, items), total);
    });
  }

  /**
   * Gives the samples of a range that are not excluded, in order, to a receiver. Reads in portions,
   * so that a series of any length takes constant memory.
   */
  public void scan(Range range, Consumer<JudgedSample> receiver) {
    var at = Instant.EPOCH.minusSeconds(Integer.MAX_VALUE * 100L);
    var id = 0L;
    List<JudgedSample> portion;
    do {
      portion = portion(range, at, id);
      portion.forEach(receiver);
      if (!portion.isEmpty()) {
        at = portion.getLast().sample().timestamp();
        id = portion.getLast().sample().id();
      }
    } while (portion.size() == SCAN);
  }

  private List<JudgedSample> portion(Range range, Instant at, long id) {
    return database.read(handle ->
        handle
            .createQuery(
                SELECT
                    + range.where()
                    + """
                     AND NOT s.excluded AND (s.taken_at, s.id) > (:at, :id)
                    ORDER BY s.taken_at, s.id LIMIT :limit
                    """)
            .bindMap(range.values())
            .bind("at", at)
            .bind("id", id)
            .bind("limit", SCAN)
            .map(SampleStore::judged)
            .list());
  }

  /** Whether a characteristic has samples. */
  public boolean any(long characteristicId) {
    return !latest(Range.all(characteristicId), 1).isEmpty();
  }

  /** Marks a sample as excluded or not, and enters what its neighbours are judged as now. */
  public void exclude(
      long id, boolean excluded, Collection<JudgedSample> rejudged, AuditEntry audit) {
    database.write(handle -> {
      handle
          .createUpdate("UPDATE spc_sample SET excluded = :excluded WHERE id = :id")
          .bind("excluded", excluded)
          .bind("id", id)
          .execute();
      for (var judged : rejudged) {
        handle
            .createUpdate(
                "UPDATE spc_sample SET spread = :spread, in_control = :inControl WHERE id = :id")
            .bind("spread", judged.spread())
            .bind("inControl", judged.inControl())
            .bind("id", judged.sample().id())
            .execute();
      }
      AuditStore.append(handle, audit);
      return true;
    });
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
            .map((row, _) ->
                new Place(characteristic, row.getLong("id"), Rows.moment(row, "taken_at")))
            .list();
    if (!oldest.isEmpty()) {
      purgeTo(handle, oldest.getLast());
    }
    return oldest.size();
  }

  /* Numbers rise with the time, so what ended before a sample has a lower number. */
  private record Place(long characteristic, long id, Instant at) {}

  private static void purgeTo(Handle handle, Place last) {
    var samples =
        "FROM spc_sample WHERE characteristic = :characteristic AND taken_at <= :at AND id <= :id";
    purgeTo(
        handle,
        last,
        "DELETE FROM spc_violation_sample WHERE sample IN (SELECT id " + samples + ")");
    purgeTo(handle, last, "DELETE " + samples);
    handle
        .createUpdate(
            "DELETE FROM spc_violation WHERE characteristic = :characteristic AND last_sample <= :id")
        .bind("characteristic", last.characteristic())
        .bind("id", last.id())
        .execute();
  }

  private static void purgeTo(Handle handle, Place last, String statement) {
    handle
        .createUpdate(statement)
        .bind("characteristic", last.characteristic())
        .bind("id", last.id())
        .bind("at", last.at())
        .execute();
  }

  private static List<JudgedSample> withViolations(Handle handle, List<JudgedSample> samples) {
    var members =
        ViolationStore.violationsOf(
            handle, samples.stream().map(judged -> judged.sample().id()).toList());
    return samples.stream()
        .map(judged ->
            new JudgedSample(
                judged.sample(),
                judged.value(),
                judged.spread(),
                judged.zone(),
                judged.inControl(),
                members.getOrDefault(judged.sample().id(), List.of())))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static JudgedSample judged(ResultSet row, StatementContext context) throws SQLException {
    var counts = ChartKind.valueOf(row.getString("kind")).countsAttributes();
    var sample =
        new Sample(
            row.getLong("id"),
            row.getLong("characteristic"),
            Rows.moment(row, "taken_at"),
            observation(row.getString("measurements"), counts),
            row.getString("batch_number"),
            row.getString("operator_id"),
            row.getBoolean("excluded"));
    var zone = row.getString("zone");
    return new JudgedSample(
        sample,
        row.getDouble("value"),
        Rows.real(row, "spread"),
        zone == null ? null : Zone.valueOf(zone),
        row.getBoolean("in_control"),
        List.of());
  }
}
