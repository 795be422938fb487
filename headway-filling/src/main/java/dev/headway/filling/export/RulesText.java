package dev.headway.filling.export;

import dev.headway.filling.input.StatedSettings;
import dev.headway.filling.input.StatedSettings.StatedLine;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** The rules of a schedule in words, for reading. */
final class RulesText {
  private RulesText() {}

  /** Each rule by its name; the lines and the rows of a changeover matrix one by one. */
  static SequencedMap<String, String> of(ScheduleReport report) {
    var rules = report.rules();
    var texts = new LinkedHashMap<String, String>();
    texts.put("Strategy", report.strategy());
    texts.put("Start", report.clock().wholeText(report.schedule().start()));
    texts.put("Time zone", rules.timeZone());
    texts.put("Clean", hours(rules.cleanHours()));
    texts.putAll(changeovers(rules));
    rules.lines().forEach(line -> texts.put(line.name(), line(line)));
    texts.put("Time limit", number(rules.timeLimitSeconds()) + " s");
    texts.put("Seed", Long.toString(rules.seed()));
    return texts;
  }

  private static Map<String, String> changeovers(StatedSettings rules) {
    var texts = new LinkedHashMap<String, String>();
    if (rules.changeoverSameHours() != null && rules.changeoverDifferentHours() != null) {
      texts.put("Changeover within a type", hours(rules.changeoverSameHours()));
      texts.put("Changeover between types", hours(rules.changeoverDifferentHours()));
    }
    if (rules.changeoverMatrix() != null) {
      rules
          .changeoverMatrix()
          .forEach((from, row) -> texts.put("Changeover from " + from, row(row)));
    }
    return texts;
  }

  private static String row(Map<String, BigDecimal> hours) {
    return hours.entrySet().stream()
        .map(entry -> "to %s %s".formatted(entry.getKey(), hours(entry.getValue())))
        .collect(Collectors.joining(", "));
  }

  private static String line(StatedLine line) {
    var parts = new ArrayList<String>();
    parts.add("window " + hours(line.windowHours()));
    parts.add(number(line.fillRateVph()) + " vials/h");
    if (line.shifts() != null) {
      line.shifts()
          .forEach(shift ->
              parts.add(
                  "%s %s to %s"
                      .formatted(String.join(" ", shift.days()), shift.from(), shift.to())));
    }
    if (line.shutdowns() != null) {
      line.shutdowns()
          .forEach(shut -> parts.add("shut from %s to %s".formatted(shut.from(), shut.to())));
    }
    return String.join("; ", parts);
  }

  private static String hours(BigDecimal hours) {
    return number(hours) + " h";
  }

  private static String number(BigDecimal value) {
    return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(value);
  }
}
