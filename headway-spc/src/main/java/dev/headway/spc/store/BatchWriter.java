package dev.headway.spc.store;

import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.model.AttributeCount;
import dev.headway.spc.model.Observation;
import dev.headway.spc.model.Subgroup;
import dev.headway.spc.store.SampleBatch.NewViolation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes batches of samples. Every sample passes through here, so it binds by position and prepares
 * each statement once a batch. Used in one transaction.
 */
final class BatchWriter {
  private static final String SAMPLE =
      """
      INSERT INTO spc_sample (
        id, characteristic, taken_at, measurements, batch_number, operator_id,
        value, spread, zone, in_control, excluded)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String BEGUN =
      """
      INSERT INTO spc_violation (
        characteristic, statistic, rule, severity, side, sample, last_sample, sample_count, at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
      """;
  private static final String GROWN =
      """
      UPDATE spc_violation SET last_sample = ?, sample_count = sample_count + ? WHERE id = ?
      """;
  private static final String MEMBER =
      """
      INSERT INTO spc_violation_sample (violation, sample) VALUES (?, ?)
      ON CONFLICT (violation, sample) DO NOTHING
      """;

  private final Connection connection;

  BatchWriter(Connection connection) {
    this.connection = connection;
  }

  /** Writes a batch and returns the ids of the violations that began, in their order. */
  List<Long> write(SampleBatch batch) throws SQLException {
    writeSamples(batch.samples());
    var ids = writeBegun(batch.begun());
    writeGrown(batch.grown());
    return ids;
  }

  private void writeSamples(List<JudgedSample> samples) throws SQLException {
    if (samples.isEmpty()) {
      return;
    }
    try (var rows = connection.prepareStatement(SAMPLE)) {
      for (var judged : samples) {
        bind(rows, judged);
        rows.addBatch();
      }
      rows.executeBatch();
    }
  }

  private static void bind(PreparedStatement row, JudgedSample judged) throws SQLException {
    var sample = judged.sample();
    var zone = judged.zone();
    var spread = judged.spread();
    row.setLong(1, sample.id());
    row.setLong(2, sample.characteristicId());
    row.setLong(3, micros(sample.timestamp()));
    row.setString(4, text(sample.observation()));
    row.setString(5, sample.batchNumber());
    row.setString(6, sample.operatorId());
    row.setDouble(7, judged.value());
    if (spread == null) {
      row.setNull(8, Types.DOUBLE);
    } else {
      row.setDouble(8, spread);
    }
    row.setString(9, zone == null ? null : zone.name());
    row.setBoolean(10, judged.inControl());
    row.setBoolean(11, sample.excluded());
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

  private List<Long> writeBegun(List<NewViolation> begun) throws SQLException {
    var ids = new ArrayList<Long>(begun.size());
    if (begun.isEmpty()) {
      return ids;
    }
    try (var row = connection.prepareStatement(BEGUN);
        var members = connection.prepareStatement(MEMBER)) {
      for (var violation : begun) {
        var id = writeBegun(row, violation);
        addMembers(members, id, violation.members());
        ids.add(id);
      }
      members.executeBatch();
    }
    return ids;
  }

  private static long writeBegun(PreparedStatement row, NewViolation violation)
      throws SQLException {
    row.setLong(1, violation.characteristicId());
    row.setString(2, violation.form().statistic().name());
    row.setInt(3, violation.form().rule().number());
    row.setString(4, violation.severity().name());
    row.setString(5, violation.form().side().name());
    row.setLong(6, violation.sampleId());
    row.setLong(7, violation.lastSampleId());
    row.setInt(8, violation.members().size());
    row.setLong(9, micros(violation.at()));
    try (var id = row.executeQuery()) {
      id.next();
      return id.getLong(1);
    }
  }

  private void writeGrown(List<SampleBatch.GrownViolation> grown) throws SQLException {
    if (grown.isEmpty()) {
      return;
    }
    try (var row = connection.prepareStatement(GROWN);
        var members = connection.prepareStatement(MEMBER)) {
      for (var growth : grown) {
        row.setLong(1, growth.lastSampleId());
        row.setInt(2, growth.gained().size());
        row.setLong(3, growth.violationId());
        row.addBatch();
        addMembers(members, growth.violationId(), growth.gained());
      }
      row.executeBatch();
      members.executeBatch();
    }
  }

  private static void addMembers(PreparedStatement row, long violation, List<Long> samples)
      throws SQLException {
    for (var sample : samples) {
      row.setLong(1, violation);
      row.setLong(2, sample);
      row.addBatch();
    }
  }
}
