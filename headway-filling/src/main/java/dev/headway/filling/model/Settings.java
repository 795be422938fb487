package dev.headway.filling.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rules of a plan.
 *
 * @param cleaning microseconds of the clean that opens every block
 * @param changeovers times between lots inside a block
 * @param lines at least one
 * @param zone the site's time zone, in which times are shown
 * @param run how the plan is made
 */
public record Settings(
    long cleaning, Changeovers changeovers, List<Line> lines, ZoneId zone, RunOptions run) {
  /** The time zone of a site that names none. */
  public static final ZoneId UTC = ZoneId.of("UTC");

  /** 332 vials a minute. */
  public static final BigDecimal DEFAULT_VIALS_PER_HOUR = BigDecimal.valueOf(19_920);

  /** 120 hours. */
  public static final long DEFAULT_WINDOW = Micros.ofHours(120);

  /** 24 hours. */
  public static final long DEFAULT_CLEANING = Micros.ofHours(24);

  /** 4 hours within a type, 8 between types. */
  public static final Changeovers DEFAULT_CHANGEOVERS =
      new Changeovers.ByKind(Micros.ofHours(4), Micros.ofHours(8));

  /** Rules of a site whose clocks show UTC. */
  public Settings(long cleaning, Changeovers changeovers, List<Line> lines, RunOptions run) {
    this(cleaning, changeovers, lines, UTC, run);
  }

  public Settings {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("The lines must not be empty.");
    }
  }

  /** The default rules on a number of equal lines. */
  public static Settings withLines(int count) {
    var lines =
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> new Line("Line " + i, DEFAULT_WINDOW, DEFAULT_VIALS_PER_HOUR))
            .toList();
    return new Settings(DEFAULT_CLEANING, DEFAULT_CHANGEOVERS, lines, RunOptions.DEFAULT);
  }

  /** The same rules, planned otherwise. */
  public Settings with(RunOptions other) {
    return new Settings(cleaning, changeovers, lines, zone, other);
  }

  /** The same rules from a moment on, unless they say themselves when the schedule begins. */
  public Settings from(Instant start) {
    return run.startTime() == null
        ? with(new RunOptions(start, run.timeLimit(), run.seed()))
        : this;
  }
}
