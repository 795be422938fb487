package dev.headway.filling.exact;

import dev.headway.filling.model.Plan;

/**
 * The answer of the solver process.
 *
 * @param plan the best plan known
 * @param lowerBound microseconds proven
 */
record ExactAnswer(Plan plan, long lowerBound) {}
