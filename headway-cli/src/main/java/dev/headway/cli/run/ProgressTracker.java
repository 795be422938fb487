package dev.headway.cli.run;

import dev.headway.client.work.Report;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Turns signs into reports about the whole command: the percentage within a step becomes its share
 * of the bar. The whole never falls, also when a tool begins again at 0 for its next file. Not
 * thread-safe.
 */
final class ProgressTracker {
  private final List<Double> weights;
  private double reached;
  private int step;
  private int steps;
  private double length;

  /**
   * @param weights the steps' shares of the bar relative to each other's; all the same when empty
   */
  ProgressTracker(List<Double> weights) {
    this.weights = List.copyOf(weights);
  }

  /** What there is to report after a sign; empty when it tells nothing new. */
  Optional<Report> take(Sign sign) {
    return switch (sign) {
      case Sign.Percent(var percent, var message) -> at(percent, message);
      case Sign.Step(var number, var of, var name) -> begin(number, of, name);
      case Sign.Length(var seconds) -> {
        length = seconds;
        yield Optional.empty();
      }
      case Sign.Position(var seconds) ->
          length > 0 ? at(Math.min(100, 100 * seconds / length), "") : Optional.empty();
    };
  }

  private Optional<Report> begin(int number, int of, String name) {
    step = number;
    steps = of;
    length = 0;
    reached = Math.max(reached, whole(0));
    var title = name.isEmpty() ? "Step %d of %d".formatted(number, of) : name;
    return Optional.of(Report.percent(reached).in(shortened(title)).saying(title));
  }

  private Optional<Report> at(double percent, String message) {
    var whole = Math.max(reached, whole(percent));
    if (whole == reached && message.isEmpty()) {
      return Optional.empty();
    }
    reached = whole;
    return Optional.of(Report.percent(whole).saying(message.isEmpty() ? null : message));
  }

  private double whole(double percent) {
    if (steps == 0) {
      return percent;
    }
    var before = DoubleStream.iterate(1, n -> n < step, n -> n + 1).map(this::weight).sum();
    var total = DoubleStream.iterate(1, n -> n <= steps, n -> n + 1).map(this::weight).sum();
    return Math.min(100, 100 * (before + weight(step) * percent / 100) / total);
  }

  private double weight(double number) {
    var index = (int) number - 1;
    return index < weights.size() ? weights.get(index) : 1;
  }

  private static String shortened(String title) {
    return title.length() <= 200 ? title : title.substring(0, 199) + "…";
  }
}
