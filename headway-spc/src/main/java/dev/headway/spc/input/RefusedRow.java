package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import java.util.List;

/**
 * A row that is no sample.
 *
 * @param line its place in the input
 * @param defects everything that is wrong with its cells; measurements are named by position
 */
public record RefusedRow(long line, List<Defect> defects) implements SampleRow {
  /** Takes a copy. */
  public RefusedRow {
    defects = List.copyOf(defects);
  }
}
