package dev.headway.filling.input;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headway.filling.model.Calendar;
import dev.headway.filling.model.Calendar.Shift;
import dev.headway.filling.model.Calendar.Shutdown;
import dev.headway.filling.model.Changeovers;
import dev.headway.filling.model.Line;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Settings;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a schedule as they can be sent ({@code FillingSettings}), with every default in
 * its place: who sends them again has the same rules. Null for what a schedule has not.
 *
 * @param startTime when the first clean begins
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatedSettings(
    BigDecimal cleanHours,
    @Nullable BigDecimal changeoverSameHours,
    @Nullable BigDecimal changeoverDifferentHours,
    @Nullable Map<String, Map<String, BigDecimal>> changeoverMatrix,
    List<StatedLine> lines,
    String timeZone,
    String startTime,
    BigDecimal timeLimitSeconds,
    long seed) {
  /** A line with all that is its own or common to all. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record StatedLine(
      String name,
      BigDecimal windowHours,
      BigDecimal fillRateVph,
      @Nullable List<StatedShift> shifts,
      @Nullable List<StatedShutdown> shutdowns) {
    private static StatedLine of(Line line) {
      var calendar = line.calendar();
      return new StatedLine(
          line.name(),
          Micros.inHours(line.window()),
          line.vialsPerHour(),
          StatedShift.of(calendar),
          StatedShutdown.of(calendar));
    }
  }

  /**
   * A weekly shift.
   *
   * @param days {@code mon} to {@code sun}, at least one
   */
  public record StatedShift(List<String> days, String from, String to) {
    private static @Nullable List<StatedShift> of(Calendar calendar) {
      return calendar.shifts().isEmpty()
          ? null
          : calendar.shifts().stream().map(StatedShift::of).toList();
    }

    private static StatedShift of(Shift shift) {
      var days = Arrays.stream(DayOfWeek.values()).filter(shift.days()::contains);
      return new StatedShift(
          days.map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT)).toList(),
          shift.from().toString(),
          shift.to().equals(LocalTime.MIDNIGHT) ? "24:00" : shift.to().toString());
    }
  }

  /** A time without work. */
  public record StatedShutdown(String from, String to) {
    private static @Nullable List<StatedShutdown> of(Calendar calendar) {
      return calendar.shutdowns().isEmpty()
          ? null
          : calendar.shutdowns().stream().map(StatedShutdown::of).toList();
    }

    private static StatedShutdown of(Shutdown shutdown) {
      return new StatedShutdown(shutdown.from().toString(), shutdown.to().toString());
    }
  }

  /**
   * The settings that a schedule was made by.
   *
   * @param start when it begins
   */
  public static StatedSettings of(Settings settings, Instant start) {
    var lines = settings.lines().stream().map(StatedLine::of).toList();
    var kind = settings.changeovers() instanceof Changeovers.ByKind byKind ? byKind : null;
    return new StatedSettings(
        Micros.inHours(settings.cleaning()),
        kind == null ? null : Micros.inHours(kind.same()),
        kind == null ? null : Micros.inHours(kind.different()),
        settings.changeovers() instanceof Changeovers.Matrix matrix ? hours(matrix) : null,
        lines,
        settings.zone().getId(),
        start.toString(),
        seconds(settings.run().timeLimit()),
        settings.run().seed());
  }

  /** Never with an exponent. */
  private static BigDecimal seconds(Duration duration) {
    var exact = BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }

  private static Map<String, Map<String, BigDecimal>> hours(Changeovers.Matrix matrix) {
    var hours = new LinkedHashMap<String, Map<String, BigDecimal>>();
    matrix
        .times()
        .forEach((from, row) -> {
          var to = new LinkedHashMap<String, BigDecimal>();
          row.forEach((type, time) -> to.put(type, Micros.inHours(time)));
          hours.put(from, to);
        });
    return hours;
  }
}
