package dev.headway.filling.model;

/**
 * A stretch of time.
 *
 * @param start microseconds after the schedule's start
 * @param end microseconds after the schedule's start, not before {@code start}
 */
public record Span(long start, long end) {
  /** Microseconds from start to end. */
  public long duration() {
    return end - start;
  }
}
