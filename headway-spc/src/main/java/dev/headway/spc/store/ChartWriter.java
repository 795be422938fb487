package dev.headway.spc.store;

import dev.headway.spc.model.AttributeCount;
import dev.headway.spc.model.Observation;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Subgroup;
import dev.headway.spc.model.Violation;
import dev.headway.spc.store.ChartWrite.GrownViolation;
import dev.headway.spc.store.ChartWrite.NewViolation;
import dev.headway.spc.store.ChartWrite.SampleChanges;
import dev.headway.spc.store.ChartWrite.ViolationChanges;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes what becomes of samples and violations. Every sample passes through here, so it binds by
 * position and prepares each statement once a transaction. Used in one transaction.
 */
final class ChartWriter {
  private static final String ADDED =
      """
      INSERT INTO spc_sample (
        id, characteristic, taken_at, measurements, batch_number, operator_id, excluded, late, stored_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String KEYED =
      "INSERT INTO spc_sample_key (characteristic, sample_key, sample) VALUES (?, ?, ?)";
  private static final String REPLACED =
      """
      UPDATE spc_sample SET
        taken_at = ?, measurements = ?, batch_number = ?, operator_id = ?, excluded = ?
      WHERE id = ?
      """;
  private static final String DELETED = "DELETE FROM spc_sample WHERE id = ?";
  private static final String UNANNOTATED = "DELETE FROM spc_annotation WHERE sample = ?";
  private static final String BEGUN =
      """
      INSERT INTO spc_violation (
        characteristic, statistic, rule, severity, side, retrospective,
        first_sample, first_at, sample, at, last_sample, last_at, sample_count, alarmed)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
      """;
  private static final String GROWN =
      """
      UPDATE spc_violation SET last_sample = ?, last_at = ?, sample_count = sample_count + ?
      WHERE id = ?
      """;
  private static final String CHANGED =
      """
      UPDATE spc_violation SET first_sample = ?, first_at = ?, sample = ?, at = ?,
        last_sample = ?, last_at = ?, sample_count = ?, withdrawn_at = NULL
      WHERE id = ?
      """;
  private static final String WITHDRAWN = "UPDATE spc_violation SET withdrawn_at = ? WHERE id = ?";

  private final Connection connection;

  ChartWriter(Connection connection) {
    this.connection = connection;
  }

  private interface Binding<T> {
    void bind(PreparedStatement row, T value) throws SQLException;
  }

  private <T> void writeAll(String sql, List<T> values, Binding<T> binding) throws SQLException {
    if (values.isEmpty()) {
      return;
    }
    try (var row = connection.prepareStatement(sql)) {
      for (var value : values) {
        binding.bind(row, value);
        row.addBatch();
      }
      row.executeBatch();
    }
  }

  void write(SampleChanges changes, Instant now) throws SQLException {
    writeAll(
        ADDED,
        changes.added(),
        (row, sample) -> {
          row.setLong(1, sample.id());
          row.setLong(2, sample.characteristicId());
          bindContents(row, sample, 3);
          row.setBoolean(8, changes.late().contains(sample.id()));
          row.setLong(9, micros(now));
        });
    writeAll(
        KEYED,
        changes.added().stream().filter(sample -> changes.keys().containsKey(sample.id())).toList(),
        (row, sample) -> {
          row.setLong(1, sample.characteristicId());
          row.setString(2, changes.keys().get(sample.id()));
          row.setLong(3, sample.id());
        });
    writeAll(
        REPLACED,
        changes.replaced(),
        (row, sample) -> {
          bindContents(row, sample, 1);
          row.setLong(6, sample.id());
        });
    writeAll(UNANNOTATED, changes.deleted(), (row, id) -> row.setLong(1, id));
    writeAll(DELETED, changes.deleted(), (row, id) -> row.setLong(1, id));
  }

  private static void bindContents(PreparedStatement row, Sample sample, int from)
      throws SQLException {
    row.setLong(from, micros(sample.timestamp()));
    row.setString(from + 1, text(sample.observation()));
    row.setString(from + 2, sample.batchNumber());
    row.setString(from + 3, sample.operatorId());
    row.setBoolean(from + 4, sample.excluded());
  }

  private static long micros(Instant moment) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }

  private static String text(Observation observation) {
    return switch (observation) {
      case Subgroup subgroup ->
          subgroup.measurements().stream().map(String::valueOf).collect(Collectors.joining(","));
      case AttributeCount(var count, var size) -> count + "," + size;
    };
  }

  /** Writes what becomes of violations and returns the numbers of the new ones, in their order. */
  List<Long> write(ViolationChanges changes, Instant now) throws SQLException {
    writeAll(GROWN, changes.grown(), ChartWriter::bindGrown);
    writeAll(
        CHANGED,
        changes.changed(),
        (row, violation) -> {
          bindExtent(row, violation.extent(), 1);
          row.setLong(8, violation.id());
        });
    writeAll(
        WITHDRAWN,
        changes.withdrawn(),
        (row, violation) -> {
          row.setLong(1, micros(now));
          row.setLong(2, violation.id());
        });
    return writeBegun(changes.begun());
  }

  private static void bindGrown(PreparedStatement row, GrownViolation grown) throws SQLException {
    row.setLong(1, grown.last().sampleId());
    row.setLong(2, micros(grown.last().at()));
    row.setInt(3, grown.gained());
    row.setLong(4, grown.violationId());
  }

  private static void bindExtent(PreparedStatement row, Violation.Extent extent, int from)
      throws SQLException {
    var at = from;
    for (var position : List.of(extent.first(), extent.held(), extent.last())) {
      row.setLong(at, position.sampleId());
      row.setLong(at + 1, micros(position.at()));
      at += 2;
    }
    row.setInt(at, extent.count());
  }

  private List<Long> writeBegun(List<NewViolation> begun) throws SQLException {
    var ids = new ArrayList<Long>(begun.size());
    if (begun.isEmpty()) {
      return ids;
    }
    try (var row = connection.prepareStatement(BEGUN)) {
      for (var violation : begun) {
        row.setLong(1, violation.characteristicId());
        row.setString(2, violation.key().statistic().name());
        row.setInt(3, violation.key().rule().number());
        row.setString(4, violation.severity().name());
        row.setString(5, violation.key().side().name());
        row.setBoolean(6, violation.retrospective());
        bindExtent(row, violation.extent(), 7);
        row.setBoolean(14, violation.retrospective()); // nobody is told of history
        try (var id = row.executeQuery()) {
          id.next();
          ids.add(id.getLong(1));
        }
      }
    }
    return ids;
  }
}
