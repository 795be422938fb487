package dev.headway.filling.app;

import dev.headway.filling.revision.LotMove;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to move lots of a plan.
 *
 * @param base the number of the version whose lots are moved; the plan as it was planned when
 *     absent
 * @param moves made one after the other
 * @param note why, where the plan is saved
 */
record MovesBody(@Nullable Integer base, List<LotMove> moves, @Nullable String note) {
  int baseNumber() {
    return base == null ? 0 : base;
  }

  String noteText() {
    return note == null ? "" : note.strip();
  }
}
