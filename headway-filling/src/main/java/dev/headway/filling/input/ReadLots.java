package dev.headway.filling.input;

import dev.headway.core.error.Defect;
import dev.headway.filling.model.Lot;
import java.util.List;

/**
 * The sound lots of an input with their rows, and the defects of the others.
 *
 * @param lots in their given order
 * @param errors every defect, in reading order
 * @param warnings what was read all the same but may not be meant
 */
public record ReadLots(List<Placed> lots, List<Defect> errors, List<Defect> warnings) {
  /**
   * A lot and its row.
   *
   * @param row the row of a file, whose header is 1, or the position in a list, from 1
   */
  public record Placed(int row, Lot lot) {}

  public ReadLots {
    lots = List.copyOf(lots);
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }
}
