package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import dev.headway.spc.model.Observation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a CSV file of samples. */
public sealed interface ImportRow {

  /** The line in the file, from 1; the header is line 1. */
  long line();

  /**
   * A sample that can be stored, as far as the file tells.
   *
   * @param line the line
   * @param characteristicId what was measured
   * @param timestamp when; null if the file does not say
   * @param observation what was observed
   * @param batchNumber the production batch, if said
   * @param operatorId who measured, if said
   */
  record Good(
      long line,
      long characteristicId,
      @Nullable Instant timestamp,
      Observation observation,
      @Nullable String batchNumber,
      @Nullable String operatorId)
      implements ImportRow {}

  /**
   * A line that is no sample.
   *
   * @param line the line
   * @param defects everything that is wrong with its cells; measurements are named by position
   */
  record Bad(long line, List<Defect> defects) implements ImportRow {}
}
