package dev.headway.filling.input;

import dev.headway.core.error.Defect;
import dev.headway.core.error.NearestName;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks settings as JSON brings them (maps, lists, texts, numbers) and collects every defect. What
 * is absent or null takes its default.
 *
 * <p>Used by one thread, for one input.
 */
public final class SettingsReader {
  /** Every key a configuration may have. */
  public static final List<String> KEYS =
      List.of(
          "fill_rate_vph",
          "clean_hours",
          "window_hours",
          "changeover_same_hours",
          "changeover_different_hours",
          "changeover_matrix",
          "lines",
          "start_time",
          "time_limit_seconds",
          "seed");

  /** How many lines a plan may have. */
  public static final int MAX_LINES = 20;

  private static final List<String> LINE_KEYS = List.of("name", "window_hours", "fill_rate_vph");
  private static final Range RATE = new Range("0.001", "1000000000");
  private static final Range HOURS = new Range("0", "10000");
  private static final Range WINDOW = new Range("0.001", "10000");
  private static final Range SECONDS = new Range("0.1", "3600");
  private static final Range SEED = new Range("-9007199254740991", "9007199254740991");

  /** Times before and after are typing errors, and not every format can show them. */
  private static final Instant EARLIEST = Instant.EPOCH;

  private static final Instant LATEST = Instant.parse("2199-12-31T23:59:59Z");

  private final List<Defect> errors = new ArrayList<>();

  private SettingsReader() {}

  private record Range(BigDecimal low, BigDecimal high) {
    Range(String low, String high) {
      this(new BigDecimal(low), new BigDecimal(high));
    }

    boolean contains(BigDecimal value) {
      return value.compareTo(low) >= 0 && value.compareTo(high) <= 0;
    }
  }

  /** Reads a configuration. */
  public static Parsed<Settings> read(Map<String, ? extends @Nullable Object> raw) {
    var reader = new SettingsReader();
    var settings = reader.settings(raw);
    var valid = reader.errors.isEmpty();
    return new Parsed<>(valid ? settings : null, reader.errors, List.of());
  }

  private Settings settings(Map<String, ? extends @Nullable Object> raw) {
    requireKnown(raw, KEYS, "");
    var cleaning = hours(raw, "clean_hours", Settings.DEFAULT_CLEANING, HOURS);
    var changeovers = changeovers(raw);
    var lines = lines(raw);
    return new Settings(cleaning, changeovers, lines, run(raw));
  }

  private void requireKnown(
      Map<String, ? extends @Nullable Object> raw, List<String> known, String prefix) {
    for (var key : raw.keySet()) {
      if (!known.contains(key)) {
        var hint =
            NearestName.of(key, known)
                .map(near -> " Did you mean '%s'?".formatted(near))
                .orElse(" Known are: %s.".formatted(String.join(", ", known)));
        var name = Numbers.shorten(key);
        refuse(prefix + name, "The setting '%s' is unknown.%s".formatted(name, hint));
      }
    }
  }

  private void refuse(String path, String message) {
    errors.add(Defect.ofField("config." + path, message));
  }

  private RunOptions run(Map<String, ? extends @Nullable Object> raw) {
    var defaults = RunOptions.DEFAULT;
    var limit = number(raw, "time_limit_seconds", SECONDS);
    var seed = number(raw, "seed", SEED);
    if (seed != null && seed.stripTrailingZeros().scale() > 0) {
      refuse("seed", "seed must be a whole number, not %s.".formatted(seed));
      seed = null;
    }
    return new RunOptions(
        startTime(raw.get("start_time")),
        limit == null
            ? defaults.timeLimit()
            : Duration.ofMillis(limit.movePointRight(3).longValue()),
        seed == null ? defaults.seed() : seed.longValueExact());
  }

  private @Nullable Instant startTime(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    try {
      var start = OffsetDateTime.parse(value.toString().strip()).toInstant();
      if (start.isBefore(EARLIEST) || start.isAfter(LATEST)) {
        refuse("start_time", "start_time must be from 1970 to 2199, not %s.".formatted(start));
      }
      return start;
    } catch (DateTimeException malformed) {
      refuse(
          "start_time",
          "start_time must be a date and time with an offset such as 2026-11-21T06:00:00Z, not '%s'."
              .formatted(Numbers.shorten(value.toString())));
      return null;
    }
  }

  private Changeovers changeovers(Map<String, ? extends @Nullable Object> raw) {
    var defaults = (Changeovers.ByKind) Settings.DEFAULT_CHANGEOVERS;
    var same = hours(raw, "changeover_same_hours", defaults.same(), HOURS);
    var different = hours(raw, "changeover_different_hours", defaults.different(), HOURS);
    var matrix = raw.get("changeover_matrix");
    return matrix == null ? new Changeovers.ByKind(same, different) : matrix(matrix);
  }

  private Changeovers matrix(Object value) {
    Map<String, Map<String, Long>> times = new LinkedHashMap<>();
    for (var row : object("changeover_matrix", value).entrySet()) {
      var path = "changeover_matrix." + row.getKey();
      Map<String, Long> to = new LinkedHashMap<>();
      for (var cell : object(path, row.getValue()).entrySet()) {
        var hours = matrixHours(row.getKey(), cell.getKey(), cell.getValue());
        to.put(Invisible.removed(cell.getKey()), hours == null ? 0 : Micros.ofHours(hours));
      }
      times.put(Invisible.removed(row.getKey()), to);
    }
    return new Changeovers.Matrix(times);
  }

  private @Nullable BigDecimal matrixHours(String from, String to, @Nullable Object hours) {
    var path = "changeover_matrix.%s.%s".formatted(from, to);
    if (hours == null) {
      refuse(
          path,
          "changeover_matrix has no hours from '%s' to '%s'; give a number."
              .formatted(Numbers.shorten(from), Numbers.shorten(to)));
    }
    return number(path, hours, HOURS);
  }

  private Map<String, @Nullable Object> object(String path, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      refuse(path, path + " must be an object of hours by type.");
      return Map.of();
    }
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    map.forEach((key, member) -> members.put(String.valueOf(key), member));
    return members;
  }

  private List<Line> lines(Map<String, ? extends @Nullable Object> raw) {
    var window = hours(raw, "window_hours", Settings.DEFAULT_WINDOW, WINDOW);
    var rate =
        Optional.ofNullable(number(raw, "fill_rate_vph", RATE))
            .orElse(Settings.DEFAULT_VIALS_PER_HOUR);
    var standard = new Line("Line 1", window, rate);
    return switch (raw.get("lines")) {
      case null -> List.of(standard);
      case Number count -> countedLines(count, standard);
      case List<?> list -> namedLines(list, standard);
      case Object other -> {
        refuseLines(other);
        yield List.of(standard);
      }
    };
  }

  private void refuseLines(Object value) {
    refuse(
        "lines",
        "lines must be a whole number or a list of lines, 1 to %d of them, not %s."
            .formatted(MAX_LINES, Numbers.shorten(value.toString())));
  }

  private List<Line> countedLines(Number count, Line standard) {
    var number = Numbers.parse(count);
    if (number == null
        || number.stripTrailingZeros().scale() > 0
        || number.signum() <= 0
        || number.compareTo(BigDecimal.valueOf(MAX_LINES)) > 0) {
      refuseLines(count);
      return List.of(standard);
    }
    List<Line> lines = new ArrayList<>();
    for (var i = 1; i <= number.intValueExact(); i++) {
      lines.add(new Line("Line " + i, standard.window(), standard.vialsPerHour()));
    }
    return lines;
  }

  private List<Line> namedLines(List<?> list, Line standard) {
    if (list.isEmpty() || list.size() > MAX_LINES) {
      refuseLines("a list of " + list.size());
      return List.of(standard);
    }
    List<Line> lines = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (var i = 0; i < list.size(); i++) {
      var path = "lines[%d]".formatted(i);
      var line =
          line(
              path,
              list.get(i),
              new Line("Line " + (i + 1), standard.window(), standard.vialsPerHour()));
      if (!names.add(line.name())) {
        refuse(path + ".name", "The line name '%s' is used twice.".formatted(line.name()));
      }
      lines.add(line);
    }
    return lines;
  }

  private Line line(String path, @Nullable Object value, Line standard) {
    if (!(value instanceof Map<?, ?>)) {
      refuse(path, path + " must be an object with name, window_hours and fill_rate_vph.");
      return standard;
    }
    var members = object(path, value);
    requireKnown(members, LINE_KEYS, path + ".");
    var name = members.get("name") == null ? standard.name() : String.valueOf(members.get("name"));
    if (name.isBlank() || name.length() > 100) {
      refuse(path + ".name", "A line's name must have 1 to 100 characters.");
    }
    var window = number(path + ".window_hours", members.get("window_hours"), WINDOW);
    var rate = number(path + ".fill_rate_vph", members.get("fill_rate_vph"), RATE);
    return new Line(
        name.strip(),
        window == null ? standard.window() : Micros.ofHours(window),
        rate == null ? standard.vialsPerHour() : rate);
  }

  private long hours(
      Map<String, ? extends @Nullable Object> raw, String key, long standard, Range range) {
    var hours = number(raw, key, range);
    return hours == null ? standard : Micros.ofHours(hours);
  }

  private @Nullable BigDecimal number(
      Map<String, ? extends @Nullable Object> raw, String key, Range range) {
    return number(key, raw.get(key), range);
  }

  private @Nullable BigDecimal number(String path, @Nullable Object value, Range range) {
    if (value == null) {
      return null;
    }
    var number = value instanceof Number ? Numbers.parse(value) : null;
    if (number == null || !range.contains(number)) {
      refuse(
          path,
          "%s must be a number from %s to %s, not %s."
              .formatted(
                  path,
                  range.low().toPlainString(),
                  range.high().toPlainString(),
                  value instanceof Number
                      ? Numbers.shorten(value.toString())
                      : "'%s'".formatted(Numbers.shorten(value.toString()))));
      return null;
    }
    return number;
  }
}
