package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.spc.model.Definition;
import dev.headway.spc.model.Sample;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A correction of a sample as it is sent: what is missing stays.
 *
 * @param measurements the measurements, or the count and the size inspected
 * @param timestamp when it was taken
 * @param batchNumber the production batch
 * @param operatorId who measured
 * @param reason why; required
 */
public record CorrectionDraft(
    @Nullable List<Double> measurements,
    @Nullable Instant timestamp,
    @Nullable String batchNumber,
    @Nullable String operatorId,
    @Nullable String reason) {
  /**
   * The reason.
   *
   * @throws HeadwayException VALIDATION_ERROR when it is missing or blank
   */
  public String givenReason() {
    if (reason == null || reason.isBlank()) {
      throw HeadwayException.invalid("reason", "a reason is required");
    }
    return reason.strip();
  }

  /**
   * The sample as it should be.
   *
   * @param times the times of samples that are accepted
   * @param now the server's clock
   * @throws HeadwayException VALIDATION_ERROR with everything that is wrong with the correction
   */
  public Sample of(Sample sample, Definition definition, SampleTimes times, Instant now) {
    var defects = new ArrayList<Defect>();
    var at = timestamp == null ? sample.timestamp() : timestamp.truncatedTo(ChronoUnit.MICROS);
    var untimely = times.defect(at, null, now);
    if (untimely != null) {
      defects.add(untimely);
    }
    var observation =
        measurements == null
            ? sample.observation()
            : SampleCheck.observation(definition, measurements, defects);
    if (observation == null || !defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    return new Sample(
        sample.id(),
        sample.characteristicId(),
        at,
        observation,
        batchNumber == null ? sample.batchNumber() : batchNumber,
        operatorId == null ? sample.operatorId() : operatorId,
        sample.excluded());
  }
}
