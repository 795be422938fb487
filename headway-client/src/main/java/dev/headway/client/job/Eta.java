package dev.headway.client.job;

/**
 * The time left, as an interval.
 *
 * @param seconds the estimate
 * @param low the lower end
 * @param high the upper end
 */
public record Eta(double seconds, double low, double high) {}
