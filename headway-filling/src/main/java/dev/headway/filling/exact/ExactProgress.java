package dev.headway.filling.exact;

import dev.headway.filling.model.Plan;
import org.jspecify.annotations.Nullable;

/**
 * A report of the solver process.
 *
 * @param plan a better plan than before; null when only the bound is higher
 * @param lowerBound microseconds proven so far
 */
record ExactProgress(@Nullable Plan plan, long lowerBound) {}
