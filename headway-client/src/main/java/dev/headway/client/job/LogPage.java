package dev.headway.client.job;

import java.util.List;

/**
 * Some lines of a job's log.
 *
 * @param lines in order
 * @param lastNumber what to ask for next: the lines after this one
 */
public record LogPage(List<LogLine> lines, long lastNumber) {
  /** Takes a copy. */
  public LogPage {
    lines = lines == null ? List.of() : List.copyOf(lines);
  }
}
