package dev.headway.cli.run;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The choice of the lines of one stream that belong to the job's log: all but directives, lines
 * that are overwritten, and bars that are still being drawn. A finished bar is a line once, however
 * often it is drawn again, as by rich for each bar of several. Not thread-safe.
 */
final class LogFilter {
  private static final int MOST_BARS = 100;

  private final NumberSeries numbers = new NumberSeries();
  private final boolean ofErrors;
  private final Set<String> finished = new HashSet<>();

  /**
   * @param ofErrors whether the stream is standard error, where numbers may be a progress
   */
  LogFilter(boolean ofErrors) {
    this.ofErrors = ofErrors;
  }

  /** Takes the next line, with the progress that it shows; returns whether it is one of the log. */
  boolean takes(Segment line, Optional<ProgressSignal> signal) {
    var number = ofErrors && numbers.continuedBy(line);
    var unfinished =
        signal.orElse(null) instanceof ProgressSignal.Percent bar
            && ProgressReader.isDrawn(line)
            && !finishes(bar);
    return !(number || unfinished || line.overwritten() || Directives.matches(line.text()));
  }

  private boolean finishes(ProgressSignal.Percent bar) {
    if (bar.percent() < 100) {
      finished.remove(bar.bar());
      return false;
    }
    return finished.size() < MOST_BARS && finished.add(bar.bar());
  }
}
