package dev.headway.filling.app;

import org.jspecify.annotations.Nullable;

/**
 * The body of a request to adopt a comparison's plan as a schedule.
 *
 * @param strategy whose plan
 * @param name of the schedule; that of the comparison when absent
 */
record AdoptBody(String strategy, @Nullable String name) {}
