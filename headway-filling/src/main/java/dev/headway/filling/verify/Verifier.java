package dev.headway.filling.verify;

import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Schedule;
import dev.headway.filling.model.Settings;
import dev.headway.filling.verify.Violation.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks a schedule against the rules, independently of the planners: it works from the lots, the
 * settings and the laid-out activities only, and shares no code with the planners.
 */
public final class Verifier {
  private final List<Lot> lots;
  private final Settings settings;
  private final boolean waits;
  private final List<Violation> violations = new ArrayList<>();
  private final Map<String, Lot> open = new HashMap<>();

  private Verifier(List<Lot> lots, Settings settings) {
    this.lots = lots;
    this.settings = settings;
    waits =
        settings.lines().stream().anyMatch(line -> !line.calendar().always())
            || lots.stream().anyMatch(Verifier::waits);
    lots.forEach(lot -> open.put(lot.id(), lot));
  }

  /** Every rule that the schedule breaks; empty for a valid schedule. */
  public static List<Violation> verify(List<Lot> lots, Settings settings, Schedule schedule) {
    var verifier = new Verifier(lots, settings);
    verifier.check(schedule);
    return List.copyOf(verifier.violations);
  }

  private void check(Schedule schedule) {
    var names = settings.lines().stream().map(line -> line.name()).toList();
    if (!names.equals(schedule.lines())) {
      violations.add(
          new Violation(
              Rule.LINES,
              "",
              null,
              "The lines are %s, not %s.".formatted(schedule.lines(), names)));
      return;
    }
    for (var activity : schedule.activities()) {
      if (activity.line() < 0 || activity.line() >= names.size()) {
        violations.add(
            new Violation(Rule.LINES, "", null, "There is no line %d.".formatted(activity.line())));
      }
    }
    var terms = new TermsCheck(schedule, settings.zone(), violations);
    for (var line = 0; line < names.size(); line++) {
      var check = new LineCheck(settings, settings.lines().get(line), waits, violations);
      var activities = schedule.ofLine(line);
      activities.forEach(check::next);
      check.end();
      check.filled().forEach(this::fill);
      terms.check(settings.lines().get(line), activities);
    }
    terms.checkOrder(lots);
    for (var lot : open.values()) {
      violations.add(
          new Violation(
              Rule.LOTS, "", lot.id(), "The lot '%s' is not filled.".formatted(lot.id())));
    }
  }

  private static boolean waits(Lot lot) {
    return lot.terms().release() != null || lot.terms().lock().start() != null;
  }

  private void fill(Lot lot) {
    var given = open.remove(lot.id());
    if (given == null) {
      violations.add(
          new Violation(
              Rule.LOTS,
              "",
              lot.id(),
              "The lot '%s' is unknown or filled twice.".formatted(lot.id())));
    } else if (!given.equals(lot)) {
      violations.add(
          new Violation(
              Rule.LOTS, "", lot.id(), "The lot %s is not the given %s.".formatted(lot, given)));
    }
  }
}
