package dev.headway.filling.input;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.headway.core.error.Defect;
import dev.headway.filling.model.Changeovers;
import dev.headway.filling.model.Line;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.RunOptions;
import dev.headway.filling.model.Settings;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings as they were sent, whose shape and ranges the OpenAPI document ({@code FillingSettings})
 * has checked; null for what takes its default.
 *
 * @param fillRateVph vials an hour
 * @param changeoverMatrix hours by type before and type after
 * @param startTime when the first clean begins, ISO 8601 with an offset
 */
public record SettingsDraft(
    @Nullable BigDecimal fillRateVph,
    @Nullable BigDecimal cleanHours,
    @Nullable BigDecimal windowHours,
    @Nullable BigDecimal changeoverSameHours,
    @Nullable BigDecimal changeoverDifferentHours,
    @Nullable Map<String, Map<String, BigDecimal>> changeoverMatrix,
    @Nullable LinesDraft lines,
    @Nullable String startTime,
    @Nullable BigDecimal timeLimitSeconds,
    @Nullable Long seed) {
  /** Times before and after are typing errors, and not every format can show them. */
  private static final Instant EARLIEST = Instant.EPOCH;

  private static final Instant LATEST = Instant.parse("2199-12-31T23:59:59Z");

  /** A number of equal lines, or each line by itself. */
  public record LinesDraft(List<LineDraft> lines) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static LinesDraft of(int count) {
      return new LinesDraft(Collections.nCopies(count, LineDraft.STANDARD));
    }

    /** A whole number may be written with a decimal point. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static LinesDraft of(double count) {
      return of((int) count);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static LinesDraft of(List<LineDraft> lines) {
      return new LinesDraft(lines);
    }
  }

  /** A line; null for what it has in common with the others. */
  public record LineDraft(
      @Nullable String name, @Nullable BigDecimal windowHours, @Nullable BigDecimal fillRateVph) {
    private static final LineDraft STANDARD = new LineDraft(null, null, null);

    private Line line(Line standard) {
      return new Line(
          name == null ? standard.name() : name.strip(),
          windowHours == null ? standard.window() : Micros.ofHours(windowHours),
          fillRateVph == null ? standard.vialsPerHour() : fillRateVph);
    }
  }

  /**
   * The settings, or everything that is wrong with them.
   *
   * @param shape what the schema has against them, whose members are missing here
   */
  public Parsed<Settings> settings(List<Defect> shape) {
    var defects = new ArrayList<>(shape);
    var settings =
        new Settings(
            hours(cleanHours, Settings.DEFAULT_CLEANING),
            changeovers(),
            lines(defects),
            run(defects));
    return new Parsed<>(defects.isEmpty() ? settings : null, defects, List.of());
  }

  private static long hours(@Nullable BigDecimal hours, long standard) {
    return hours == null ? standard : Micros.ofHours(hours);
  }

  private Changeovers changeovers() {
    if (changeoverMatrix == null) {
      var defaults = (Changeovers.ByKind) Settings.DEFAULT_CHANGEOVERS;
      return new Changeovers.ByKind(
          hours(changeoverSameHours, defaults.same()),
          hours(changeoverDifferentHours, defaults.different()));
    }
    Map<String, Map<String, Long>> times = new LinkedHashMap<>();
    changeoverMatrix.forEach((from, row) -> {
      Map<String, Long> to = new LinkedHashMap<>();
      row.forEach((type, hours) -> to.put(Invisible.removed(type), Micros.ofHours(hours)));
      times.put(Invisible.removed(from), to);
    });
    return new Changeovers.Matrix(times);
  }

  private List<Line> lines(List<Defect> defects) {
    var window = hours(windowHours, Settings.DEFAULT_WINDOW);
    var rate = fillRateVph == null ? Settings.DEFAULT_VIALS_PER_HOUR : fillRateVph;
    var drafts = lines == null ? List.of(LineDraft.STANDARD) : lines.lines();
    var read = new ArrayList<Line>();
    var names = new HashSet<String>();
    for (var i = 0; i < drafts.size(); i++) {
      var line = drafts.get(i).line(new Line("Line " + (i + 1), window, rate));
      var field = "config.lines[%d].name".formatted(i);
      if (line.name().isEmpty()) {
        defects.add(Defect.ofField(field, "A line's name must have 1 to 100 characters."));
      } else if (!names.add(line.name())) {
        defects.add(
            Defect.ofField(field, "The line name '%s' is used twice.".formatted(line.name())));
      }
      read.add(line);
    }
    return read;
  }

  private RunOptions run(List<Defect> defects) {
    var defaults = RunOptions.DEFAULT;
    return new RunOptions(
        start(defects),
        timeLimitSeconds == null
            ? defaults.timeLimit()
            : Duration.ofMillis(timeLimitSeconds.movePointRight(3).longValue()),
        seed == null ? defaults.seed() : seed);
  }

  private @Nullable Instant start(List<Defect> defects) {
    if (startTime == null) {
      return null;
    }
    try {
      var start = OffsetDateTime.parse(startTime.strip()).toInstant();
      if (start.isBefore(EARLIEST) || start.isAfter(LATEST)) {
        refuseStart(defects, "start_time must be from 1970 to 2199, not %s.".formatted(start));
      }
      return start;
    } catch (DateTimeException malformed) {
      refuseStart(
          defects,
          "start_time must be a date and time with an offset such as 2026-11-21T06:00:00Z, not '%s'."
              .formatted(Numbers.shorten(startTime)));
      return null;
    }
  }

  private static void refuseStart(List<Defect> defects, String message) {
    defects.add(Defect.ofField("config.start_time", message));
  }
}
