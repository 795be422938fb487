package dev.headway.client.job;

/**
 * An accepted job or schedule.
 *
 * @param work the job or schedule as it was accepted
 * @param cursor watch from here to miss nothing
 * @param watch where to watch
 */
public record Accepted<T>(T work, String cursor, WatchLinks watch) {}
