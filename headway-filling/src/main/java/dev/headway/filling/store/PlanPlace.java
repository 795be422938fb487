package dev.headway.filling.store;

import java.util.UUID;

/**
 * The place of a stored plan.
 *
 * @param job whose attempt found it
 * @param attempt from 1
 * @param position of its strategy in the task, from 0
 */
public record PlanPlace(UUID job, int attempt, int position) {}
