package dev.headway.filling.input;

import dev.headway.filling.input.MomentReading.DayPart;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Terms;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the cells of a lot that say when and where it may be filled.
 *
 * @param zone of times without an offset
 * @param refusals takes what is wrong
 */
record TermsReader(ZoneId zone, Refusals refusals) {
  private static final String NAME_SEPARATORS = "[|;,]";
  private static final BigDecimal MOST_MOVE_HOURS = BigDecimal.valueOf(1_000);

  /** Takes defects of cells. */
  @FunctionalInterface
  interface Refusals {
    /** Notes a defect; the sentence goes on after the column's name. Returns null. */
    @Nullable String refuse(LotRow row, LotColumn column, String problem);
  }

  /** The terms of a row; what is wrong is refused and left out. */
  Terms read(LotRow row) {
    var release = moment(row, LotColumn.RELEASE, DayPart.BEGINNING);
    var due = moment(row, LotColumn.DUE, DayPart.END);
    if (release != null && due != null && !release.isBefore(due)) {
      refusals.refuse(
          row, LotColumn.DUE, "(%s) must be after the release (%s).".formatted(due, release));
    }
    var lock =
        new Terms.Lock(
            moment(row, LotColumn.LOCKED_START, DayPart.BEGINNING),
            text(row, LotColumn.AFTER),
            clean(row));
    return new Terms(release, due, priority(row), lines(row), lock, was(row));
  }

  private @Nullable Boolean clean(LotRow row) {
    if (row.cell(LotColumn.LOCKED_CLEAN) instanceof Boolean clean) {
      return clean;
    }
    var text = text(row, LotColumn.LOCKED_CLEAN);
    if (text == null) {
      return null;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes" -> true;
      case "false", "no" -> false;
      default -> {
        refusals.refuse(
            row,
            LotColumn.LOCKED_CLEAN,
            "must be true or false, not '%s'.".formatted(Numbers.shorten(text)));
        yield null;
      }
    };
  }

  private Terms.@Nullable EarlierPlace was(LotRow row) {
    var line = text(row, LotColumn.WAS_LINE);
    var after = text(row, LotColumn.WAS_AFTER);
    var text = text(row, LotColumn.MOVE_HOURS);
    var hours = text == null ? BigDecimal.ONE : Numbers.parse(text);
    if (hours == null || hours.signum() < 0 || hours.compareTo(MOST_MOVE_HOURS) > 0) {
      refusals.refuse(
          row,
          LotColumn.MOVE_HOURS,
          "must be hours from 0 to %s, not '%s'."
              .formatted(MOST_MOVE_HOURS, Numbers.shorten(String.valueOf(text))));
      return null;
    }
    return line == null ? null : new Terms.EarlierPlace(line, after, Micros.ofHours(hours));
  }

  private @Nullable String text(LotRow row, LotColumn column) {
    var value = row.cell(column);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String) && !(value instanceof Number)) {
      return refusals.refuse(row, column, "must be a text, not %s.".formatted(value));
    }
    var text = Invisible.removed(value.toString());
    return text.isEmpty() ? null : text;
  }

  private @Nullable Instant moment(LotRow row, LotColumn column, DayPart part) {
    var text = text(row, column);
    if (text == null) {
      return null;
    }
    return switch (MomentReading.of(text, zone, part)) {
      case MomentReading.At(var moment) -> moment;
      case MomentReading.Refused(var why) -> {
        refusals.refuse(row, column, "%s, not '%s'.".formatted(why, Numbers.shorten(text)));
        yield null;
      }
    };
  }

  private int priority(LotRow row) {
    var text = text(row, LotColumn.PRIORITY);
    if (text == null) {
      return Terms.NONE.priority();
    }
    var number = Numbers.parse(text);
    try {
      var priority = number == null ? -1 : number.intValueExact();
      if (priority >= 0 && priority <= Terms.MAX_PRIORITY) {
        return priority;
      }
    } catch (ArithmeticException _) {
      // Said below.
    }
    refusals.refuse(
        row,
        LotColumn.PRIORITY,
        "must be a whole number from 0 to %,d, not '%s'."
            .formatted(Terms.MAX_PRIORITY, Numbers.shorten(text)));
    return Terms.NONE.priority();
  }

  private List<String> lines(LotRow row) {
    if (row.cell(LotColumn.LINES) instanceof LotRow.Texts(var names)) {
      return names.stream().map(Invisible::removed).filter(name -> !name.isEmpty()).toList();
    }
    var text = text(row, LotColumn.LINES);
    return text == null
        ? List.of()
        : Arrays.stream(text.split(NAME_SEPARATORS, -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
  }
}
