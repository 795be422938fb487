package dev.headway.filling.input;

import dev.headway.core.error.Defect;
import dev.headway.filling.model.Changeovers;
import dev.headway.filling.model.Line;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Combines lots and settings, and finds the defects of their combination. */
public final class ProblemReader {
  private static final int SHOWN_TYPES = 10;

  private ProblemReader() {}

  /**
   * The problem, or every defect of the lots, of the settings and of both together.
   *
   * @param now when the schedule begins, unless its settings say when
   */
  public static Parsed<Problem> read(ReadLots lots, Parsed<Settings> settings, Instant now) {
    var dated = settings.value() == null ? null : settings.value().from(now);
    return read(lots, new Parsed<>(dated, settings.errors(), settings.warnings()));
  }

  /** The problem where nothing depends on the moment at which the schedule begins. */
  public static Parsed<Problem> read(ReadLots lots, Parsed<Settings> settings) {
    var errors = new ArrayList<>(lots.errors());
    errors.addAll(settings.errors());
    var rules = settings.value();
    if (rules != null) {
      lots.lots().forEach(lot -> requireLine(lot, rules, errors));
      errors.addAll(LockCheck.defects(lots.lots(), rules));
      requireChangeovers(lots, rules, errors);
    }
    errors.sort(Comparator.comparingInt(ProblemReader::position));
    var warnings = new ArrayList<>(lots.warnings());
    warnings.addAll(settings.warnings());
    if (rules == null || !errors.isEmpty()) {
      return new Parsed<>(null, errors, warnings);
    }
    var sound = lots.lots().stream().map(ReadLots.Placed::lot).toList();
    var problem = new Problem(sound, rules);
    errors.addAll(TimingCheck.defects(problem, lots.lots()));
    warnings.addAll(Plausibility.overdue(problem, lots.lots()));
    return new Parsed<>(errors.isEmpty() ? problem : null, errors, warnings);
  }

  /** Defects of the whole come first, then those of the rows in order, then the settings. */
  private static int position(Defect defect) {
    if (defect.row() != null) {
      return defect.row();
    }
    return defect.field() == null ? 0 : Integer.MAX_VALUE;
  }

  private static void requireLine(ReadLots.Placed placed, Settings rules, List<Defect> errors) {
    var lot = placed.lot();
    var allowed = rules.lines().stream().filter(line -> lot.terms().allows(line.name())).toList();
    if (!allowed.isEmpty()
        && allowed.stream().noneMatch(line -> lot.fillTimeOn(line) <= line.window())) {
      errors.add(new Defect(null, placed.row(), null, tooLong(lot, allowed)));
    }
  }

  private static String tooLong(Lot lot, List<Line> lines) {
    var best =
        lines.stream()
            .min(Comparator.comparingLong((Line line) -> lot.fillTimeOn(line) - line.window()))
            .orElseThrow();
    return String.format(
        Locale.ROOT,
        "Lot '%s' takes %.2f h to fill, longer than the window of %.2f h; split it or lengthen the"
            + " window.",
        lot.id(),
        Micros.toHours(lot.fillTimeOn(best)),
        Micros.toHours(best.window()));
  }

  private static void requireChangeovers(ReadLots lots, Settings rules, List<Defect> errors) {
    if (rules.changeovers() instanceof Changeovers.ByKind) {
      return;
    }
    var types = lots.lots().stream().map(placed -> placed.lot().type()).distinct().toList();
    for (var from : types) {
      var missing =
          types.stream().filter(to -> rules.changeovers().between(from, to) == null).toList();
      if (!missing.isEmpty()) {
        errors.add(
            Defect.ofField(
                "config.changeover_matrix." + from,
                "changeover_matrix has no hours from '%s' to %s; give every pair of types."
                    .formatted(from, named(missing))));
      }
    }
  }

  private static String named(List<String> types) {
    var names =
        types.stream().limit(SHOWN_TYPES).map("'%s'"::formatted).collect(Collectors.joining(", "));
    var more = types.size() - SHOWN_TYPES;
    return more > 0 ? "%s and %d more".formatted(names, more) : names;
  }
}
