package dev.headway.filling.exact;

import dev.headway.filling.model.Plan;

/**
 * What the solver process answers.
 *
 * @param plan the best plan known
 * @param lowerBound microseconds proven
 */
record ExactAnswer(Plan plan, long lowerBound) {}
