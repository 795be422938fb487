package dev.headway.filling.exact;

/**
 * What the solver process reports.
 *
 * @param makespan microseconds of the best plan so far
 * @param lowerBound microseconds proven so far
 */
record ExactProgress(long makespan, long lowerBound) {}
