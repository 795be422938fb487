package dev.headway.spc.live;

import dev.headway.server.json.JsonCodec;
import dev.headway.spc.model.AttributeCount;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Observation;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Subgroup;
import dev.headway.spc.store.AuditEntry;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A sample as the audit trail has it.
 *
 * @param timestamp when it was taken, to the microsecond
 * @param measurements the measurements, or the count and the size inspected
 * @param batchNumber the production batch
 * @param operatorId who measured
 * @param excluded whether it was taken out of limits and rules
 * @param reason of the change that led to it
 */
record DescribedSample(
    String timestamp,
    List<Double> measurements,
    @Nullable String batchNumber,
    @Nullable String operatorId,
    boolean excluded,
    @Nullable String reason) {
  static DescribedSample of(Sample sample, @Nullable String reason) {
    return new DescribedSample(
        sample.timestamp().toString(),
        numbers(sample.observation()),
        sample.batchNumber(),
        sample.operatorId(),
        sample.excluded(),
        reason);
  }

  private static List<Double> numbers(Observation observation) {
    return switch (observation) {
      case Subgroup subgroup -> subgroup.measurements();
      case AttributeCount(var count, var size) -> List.of(count, size);
    };
  }

  /** The sample of an entry as it was before the change. */
  static Sample sample(AuditEntry entry, ChartKind kind) {
    var was = JsonCodec.read(Objects.requireNonNull(entry.before()), DescribedSample.class);
    return new Sample(
        entry.subject(),
        entry.characteristicId(),
        Instant.parse(was.timestamp()),
        was.observation(kind),
        was.batchNumber(),
        was.operatorId(),
        was.excluded());
  }

  private Observation observation(ChartKind kind) {
    return kind.countsAttributes()
        ? new AttributeCount(measurements.get(0), measurements.get(1))
        : Subgroup.of(measurements.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
