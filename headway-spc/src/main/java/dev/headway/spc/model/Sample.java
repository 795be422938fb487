package dev.headway.spc.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sample as it was stored.
 *
 * @param id the sample's number, from 1, growing in the order of acceptance
 * @param characteristicId the characteristic that was measured
 * @param timestamp when it was taken
 * @param observation what was observed
 * @param batchNumber the production batch, if said
 * @param operatorId who measured, if said
 * @param excluded whether a person took it out of limits, rules and capability
 */
public record Sample(
    long id,
    long characteristicId,
    Instant timestamp,
    Observation observation,
    @Nullable String batchNumber,
    @Nullable String operatorId,
    boolean excluded) {

  /** Its place in the series. */
  public Position position() {
    return new Position(timestamp, id);
  }

  /** The same sample under a number. */
  public Sample numbered(long number) {
    return new Sample(
        number, characteristicId, timestamp, observation, batchNumber, operatorId, excluded);
  }

  /** The same sample, taken out or in. */
  public Sample withExcluded(boolean out) {
    return new Sample(id, characteristicId, timestamp, observation, batchNumber, operatorId, out);
  }
}
