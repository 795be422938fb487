package dev.headway.filling.strategy;

import dev.headway.filling.model.Plan;

/**
 * A plan and what is proven about every other.
 *
 * @param plan all lots, placed
 * @param lowerBound microseconds that no plan's makespan can go below
 */
public record Solution(Plan plan, long lowerBound) {}
