package dev.headway.filling.verify;

import dev.headway.filling.model.Activity;
import dev.headway.filling.model.Line;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Settings;
import dev.headway.filling.verify.Violation.Rule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the activities of one line against the rules. */
final class LineCheck {
  private static final BigDecimal MICROS_PER_HOUR = new BigDecimal("3600000000");

  private final Settings settings;
  private final Line line;
  private final boolean waits;
  private final List<Violation> violations;
  private final List<Lot> filled = new ArrayList<>();
  private long now;
  private long cleanEnd;
  private boolean cleaned;
  private @Nullable Activity previous;
  private @Nullable Lot previousLot;
  private @Nullable Lot present;

  LineCheck(Settings settings, Line line, boolean waits, List<Violation> violations) {
    this.settings = settings;
    this.line = line;
    this.waits = waits;
    this.violations = violations;
  }

  List<Lot> filled() {
    return filled;
  }

  void next(Activity activity) {
    present = activity.lot();
    require(
        Rule.CONTINUITY,
        waits ? activity.span().start() >= now : activity.span().start() == now,
        "An activity starts at %d, the one before ends at %d."
            .formatted(activity.span().start(), now));
    now = activity.span().end();
    switch (activity) {
      case Activity.Clean clean -> clean(clean);
      case Activity.Changeover changeover -> changeover(changeover);
      case Activity.Fill fill -> fill(fill);
    }
    previous = activity;
  }

  private void clean(Activity.Clean clean) {
    require(
        Rule.SEQUENCE,
        previous == null || previous instanceof Activity.Fill,
        "A clean follows something other than a fill.");
    requireDuration(clean, settings.cleaning());
    cleaned = true;
    cleanEnd = now;
    previousLot = null;
  }

  private void changeover(Activity.Changeover changeover) {
    if (!(previous instanceof Activity.Fill) || previousLot == null) {
      add(Rule.SEQUENCE, "A changeover follows something other than a fill.");
      return;
    }
    require(
        Rule.SEQUENCE,
        changeover.fromType().equals(previousLot.type()),
        "A changeover is from %s after a lot of %s."
            .formatted(changeover.fromType(), previousLot.type()));
    var time = settings.changeovers().between(previousLot.type(), changeover.to().type());
    if (time == null) {
      add(Rule.DURATION, "The rules name no such changeover: %s".formatted(changeover.note()));
    } else {
      requireDuration(changeover, time);
    }
  }

  private void fill(Activity.Fill fill) {
    require(Rule.SEQUENCE, cleaned, "A fill comes before any clean.");
    switch (previous) {
      case Activity.Changeover changeover ->
          require(
              Rule.SEQUENCE,
              changeover.to().equals(fill.lot()),
              "The lot '%s' follows the changeover to '%s'."
                  .formatted(fill.lot().id(), changeover.to().id()));
      case Activity.Fill before ->
          add(
              Rule.SEQUENCE,
              "There is no changeover between the lots '%s' and '%s'."
                  .formatted(before.lot().id(), fill.lot().id()));
      case Activity.Clean _ -> {}
      case null -> {}
    }
    requireDuration(fill, fillTime(fill.lot()));
    require(
        Rule.WINDOW,
        now - cleanEnd <= line.window(),
        "The lot '%s' ends %s after its clean; the window is %s. Put a clean before it."
            .formatted(fill.lot().id(), hours(now - cleanEnd), hours(line.window())));
    previousLot = fill.lot();
    filled.add(fill.lot());
  }

  private static String hours(long micros) {
    var hours = BigDecimal.valueOf(micros).divide(MICROS_PER_HOUR, 2, RoundingMode.HALF_UP);
    return hours.toPlainString() + " h";
  }

  private long fillTime(Lot lot) {
    if (lot.fillTime() != null) {
      return lot.fillTime();
    }
    var time =
        new BigDecimal(lot.vials())
            .multiply(MICROS_PER_HOUR)
            .divide(line.vialsPerHour(), 0, RoundingMode.DOWN);
    return Math.max(time.longValueExact(), 1);
  }

  void end() {
    require(
        Rule.SEQUENCE,
        previous == null || previous instanceof Activity.Fill,
        "The line does not end with a fill.");
  }

  private void requireDuration(Activity activity, long expected) {
    require(
        Rule.DURATION,
        activity.span().duration() == expected,
        "The %s (%s) takes %d µs instead of %d."
            .formatted(activity.kind(), activity.note(), activity.span().duration(), expected));
  }

  private void require(Rule rule, boolean kept, String message) {
    if (!kept) {
      add(rule, message);
    }
  }

  private void add(Rule rule, String message) {
    var lot = present == null ? null : present.id();
    violations.add(new Violation(rule, line.name(), lot, message));
  }
}
