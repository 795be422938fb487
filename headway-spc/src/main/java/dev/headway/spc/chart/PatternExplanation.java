package dev.headway.spc.chart;

import dev.headway.spc.model.RuleSetting;
import dev.headway.spc.model.Side;
import dev.headway.spc.model.Violation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The reason of a violation for a person: which points, and their numbers in the rule's formula.
 *
 * @param sentence the reason, in English
 * @param points the newest of its points, in order; empty when its samples are no longer kept
 */
public record PatternExplanation(String sentence, List<PatternPoint> points) {
  private static final int NAMED = 5;
  private static final String GONE = "The samples of this violation are no longer kept.";

  /** Takes a copy of the points. */
  public PatternExplanation {
    points = List.copyOf(points);
  }

  /**
   * Explains a violation.
   *
   * @param setting the rule as its stage applies it
   * @param points the newest of its points, in order
   */
  public static PatternExplanation of(
      Violation violation, RuleSetting setting, List<PatternPoint> points) {
    var sentence = points.isEmpty() ? GONE : new Wording(violation, setting, points).sentence();
    return new PatternExplanation(sentence, points);
  }

  /* The newest point stands for the lines where they differ from point to point. */
  private record Wording(Violation violation, RuleSetting setting, List<PatternPoint> points) {
    String sentence() {
      return switch (violation.rule()) {
        case BEYOND_3_SIGMA -> beyond();
        case ONE_SIDE ->
            "%s lie %s the centre line %s: %s."
                .formatted(run(), side(), number(newest().lines().center()), samples());
        case TREND ->
            "%s %s, each %s the one before: %s, from %s to %s."
                .formatted(
                    run(),
                    violation.key().side() == Side.LOWER ? "fall" : "rise",
                    violation.key().side() == Side.LOWER ? "below" : "above",
                    samples(),
                    number(points.getFirst().value()),
                    number(newest().value()));
        case ALTERNATING -> "%s go up and down in turn: %s.".formatted(run(), samples());
        case BEYOND_2_SIGMA -> window(2);
        case BEYOND_1_SIGMA -> window(1);
        case WITHIN_1_SIGMA ->
            "%s lie within 1 sigma of the centre line, from %s to %s: %s."
                .formatted(run(), line(-1), line(1), samples());
        case OUTSIDE_1_SIGMA ->
            "%s lie more than 1 sigma from the centre line, below %s or above %s: %s."
                .formatted(run(), line(-1), line(1), samples());
      };
    }

    private String beyond() {
      var point = newest();
      var more =
          violation.extent().count() > 1
              ? "%d points in a row do so; the newest is shown. "
                  .formatted(violation.extent().count())
              : "";
      return "%sSample %d, %s %s, lies %s sigma %s the centre line, more than %s: (%s - %s) / %s = %s."
          .formatted(
              more,
              point.sample().id(),
              statistic(),
              number(point.value()),
              z(Math.abs(point.z())),
              point.z() < 0 ? "below" : "above",
              plain(setting.sigmas()),
              number(point.value()),
              number(point.lines().center()),
              plain(point.sigma()),
              z(point.z()));
    }

    private String window(int sigmas) {
      var up = violation.key().side() != Side.LOWER;
      return "%d of %d successive points lie more than %d sigma %s the centre line, %s %s: %s."
          .formatted(
              setting.points(),
              setting.window(),
              sigmas,
              side(),
              side(),
              line(up ? sigmas : -sigmas),
              named());
    }

    private String named() {
      var shown = points.subList(Math.max(0, points.size() - NAMED), points.size());
      var list =
          shown.stream()
              .map(one -> "%d (z %s)".formatted(one.sample().id(), z(one.z())))
              .collect(Collectors.joining(", "));
      var more = violation.extent().count() - shown.size();
      return (shown.size() == 1 ? "sample " : "samples ")
          + list
          + (more > 0 ? " and %d before them".formatted(more) : "");
    }

    private String run() {
      return "%d points in a row (the rule asks for %d)"
          .formatted(violation.extent().count(), setting.points());
    }

    private String samples() {
      return "samples %d to %d"
          .formatted(violation.extent().first().sampleId(), violation.extent().last().sampleId());
    }

    private String side() {
      return violation.key().side() == Side.LOWER ? "below" : "above";
    }

    private String statistic() {
      return switch (violation.statistic()) {
        case INDIVIDUAL -> "value";
        case MEAN,
            MEDIAN,
            MOVING_RANGE,
            RANGE,
            STANDARD_DEVIATION,
            FRACTION_NONCONFORMING,
            NUMBER_NONCONFORMING,
            NONCONFORMITIES,
            NONCONFORMITIES_PER_UNIT ->
            violation.statistic().wireName().replace('_', ' ');
      };
    }

    private PatternPoint newest() {
      return points.getLast();
    }

    private String line(int sigmas) {
      return number(newest().lines().at(sigmas));
    }

    private String number(double value) {
      return Digits.of(newest().sample(), newest().sigma()).of(value);
    }

    private static String z(double z) {
      return String.format(Locale.ROOT, "%.2f", z);
    }

    private static String plain(double value) {
      return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
    }
  }
}
