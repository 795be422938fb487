package dev.headway.spc.input;

import dev.headway.spc.model.Observation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sample as it was sent, checked as far as its characteristic's definition tells.
 *
 * @param line its place in the input
 * @param characteristicId what was measured
 * @param timestamp when; null if the input does not say
 * @param observation what was observed
 * @param batchNumber the production batch, if said
 * @param operatorId who measured, if said
 * @param key the sender's own name of it, under which it is stored once; null for none
 */
public record NewSample(
    long line,
    long characteristicId,
    @Nullable Instant timestamp,
    Observation observation,
    @Nullable String batchNumber,
    @Nullable String operatorId,
    @Nullable String key)
    implements SampleRow {}
