package dev.headway.spring.batch;

import java.util.List;

/**
 * The end of a job or of a step.
 *
 * @param status its status as Batch calls it, for example {@code COMPLETED}
 * @param failures what was thrown, oldest first
 */
public record BatchEnd(String status, List<Throwable> failures) {
  /** Takes a copy of the failures. */
  public BatchEnd {
    failures = List.copyOf(failures);
  }
}
