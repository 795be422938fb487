package dev.headway.filling.input;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.headway.core.error.Defect;
import dev.headway.filling.input.CalendarDraft.ShiftDraft;
import dev.headway.filling.input.CalendarDraft.ShutdownDraft;
import dev.headway.filling.input.MomentReading.DayPart;
import dev.headway.filling.model.Calendar;
import dev.headway.filling.model.Changeovers;
import dev.headway.filling.model.Line;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.RunOptions;
import dev.headway.filling.model.Settings;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
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
 * @param timeZone the site's, as IANA names it
 * @param shifts when lines work that have no shifts of their own
 * @param shutdowns when such lines do not
 * @param startTime when the first clean begins, ISO 8601; with an offset where there is no zone
 */
public record SettingsDraft(
    @Nullable BigDecimal fillRateVph,
    @Nullable BigDecimal cleanHours,
    @Nullable BigDecimal windowHours,
    @Nullable BigDecimal changeoverSameHours,
    @Nullable BigDecimal changeoverDifferentHours,
    @Nullable Map<String, Map<String, BigDecimal>> changeoverMatrix,
    @Nullable LinesDraft lines,
    @Nullable String timeZone,
    @Nullable List<ShiftDraft> shifts,
    @Nullable List<ShutdownDraft> shutdowns,
    @Nullable String startTime,
    @Nullable BigDecimal timeLimitSeconds,
    @Nullable Long seed) {
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
      @Nullable String name,
      @Nullable BigDecimal windowHours,
      @Nullable BigDecimal fillRateVph,
      @Nullable List<ShiftDraft> shifts,
      @Nullable List<ShutdownDraft> shutdowns) {
    private static final LineDraft STANDARD = new LineDraft(null, null, null, null, null);

    private Line line(Line standard, Calendar calendar) {
      return new Line(
          name == null ? standard.name() : Invisible.removed(name),
          windowHours == null ? standard.window() : Micros.ofHours(windowHours),
          fillRateVph == null ? standard.vialsPerHour() : fillRateVph,
          calendar);
    }

    private boolean hasOwnCalendar() {
      return shifts != null || shutdowns != null;
    }
  }

  /**
   * The settings, or everything that is wrong with them.
   *
   * @param shape what the schema has against them, whose members are missing here
   */
  public Parsed<Settings> settings(List<Defect> shape) {
    var defects = new ArrayList<>(shape);
    var zone = zone(defects);
    var settings =
        new Settings(
            hours(cleanHours, Settings.DEFAULT_CLEANING),
            changeovers(defects),
            lines(zone, defects),
            zone,
            run(zone, defects));
    return new Parsed<>(defects.isEmpty() ? settings : null, defects, warnings());
  }

  private List<Defect> warnings() {
    return changeoverMatrix != null
            && (changeoverSameHours != null || changeoverDifferentHours != null)
        ? List.of(
            Defect.ofField(
                "config.changeover_matrix",
                "The changeover_matrix has every changeover; changeover_same_hours and"
                    + " changeover_different_hours are left out."))
        : List.of();
  }

  /** The site's time zone, as far as it is one: what is wrong with it is said elsewhere. */
  public ZoneId zone() {
    return zone(new ArrayList<>());
  }

  private ZoneId zone(List<Defect> defects) {
    if (timeZone == null || timeZone.isBlank()) {
      return Settings.UTC;
    }
    try {
      return ZoneId.of(timeZone.strip());
    } catch (DateTimeException unknown) {
      defects.add(
          Defect.ofField(
              "config.time_zone",
              "time_zone must be a name such as Europe/Berlin or UTC, not '%s'."
                  .formatted(Numbers.shorten(timeZone))));
      return Settings.UTC;
    }
  }

  private static long hours(@Nullable BigDecimal hours, long standard) {
    return hours == null ? standard : Micros.ofHours(hours);
  }

  private Changeovers changeovers(List<Defect> defects) {
    if (changeoverMatrix == null) {
      var defaults = (Changeovers.ByKind) Settings.DEFAULT_CHANGEOVERS;
      return new Changeovers.ByKind(
          hours(changeoverSameHours, defaults.same()),
          hours(changeoverDifferentHours, defaults.different()));
    }
    Map<String, Map<String, Long>> times = new LinkedHashMap<>();
    changeoverMatrix.forEach((from, row) -> {
      Map<String, Long> to = new LinkedHashMap<>();
      row.forEach((type, hours) -> put(to, type, Micros.ofHours(hours), defects));
      put(times, from, to, defects);
    });
    return new Changeovers.Matrix(times);
  }

  private static <T> void put(Map<String, T> times, String name, T time, List<Defect> defects) {
    var type = Invisible.removed(name);
    if (times.put(type, time) != null) {
      defects.add(
          Defect.ofField(
              "config.changeover_matrix." + type,
              "changeover_matrix has the type '%s' twice; leave one out.".formatted(type)));
    }
  }

  private List<Line> lines(ZoneId zone, List<Defect> defects) {
    var common = new CalendarDraft(shifts, shutdowns);
    var usual = common.calendar(zone, "config.", defects);
    var window = hours(windowHours, Settings.DEFAULT_WINDOW);
    var rate = fillRateVph == null ? Settings.DEFAULT_VIALS_PER_HOUR : fillRateVph;
    var drafts = lines == null ? List.of(LineDraft.STANDARD) : lines.lines();
    var read = new ArrayList<Line>();
    var names = new HashSet<String>();
    for (var i = 0; i < drafts.size(); i++) {
      var draft = drafts.get(i);
      var at = "config.lines[%d].".formatted(i);
      var own = new CalendarDraft(draft.shifts(), draft.shutdowns()).or(common);
      var calendar = draft.hasOwnCalendar() ? own.calendar(zone, at, defects) : usual;
      var line = draft.line(new Line("Line " + (i + 1), window, rate), calendar);
      var field = at + "name";
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

  private RunOptions run(ZoneId zone, List<Defect> defects) {
    var defaults = RunOptions.DEFAULT;
    return new RunOptions(
        start(zone, defects),
        timeLimitSeconds == null
            ? defaults.timeLimit()
            : Duration.ofMillis(timeLimitSeconds.movePointRight(3).longValue()),
        seed == null ? defaults.seed() : seed);
  }

  private @Nullable Instant start(ZoneId zone, List<Defect> defects) {
    if (startTime == null) {
      return null;
    }
    var text = startTime.strip();
    var read =
        timeZone == null
            ? MomentReading.withOffset(text)
            : MomentReading.of(text, zone, DayPart.BEGINNING);
    return switch (read) {
      case MomentReading.At(var moment) -> moment;
      case MomentReading.Refused refused -> {
        defects.add(Defect.ofField("config.start_time", refused.sentence("start_time", startTime)));
        yield null;
      }
    };
  }
}
