package dev.headway.filling.exact;

import com.google.ortools.sat.LinearExprBuilder;
import dev.headway.filling.model.Block;
import java.util.List;

/**
 * The changeovers of blocks in a model. A block's changeovers take {@link #perLot} for each of its
 * lots and what {@link #addRest} adds.
 */
interface Setups {
  /** Microseconds for every lot, wherever it is. */
  long perLot();

  /** Adds the rest of a slot's changeovers to a sum. */
  void addRest(Slot slot, LinearExprBuilder sum);

  /** The lots of a solution's slot in the order that the changeovers were counted for. */
  Block sequence(Slot slot, List<Integer> lots, Values values);
}
