package dev.headway.cli.run;

import dev.headway.cli.run.ProgressSignal.Trust;
import dev.headway.client.job.Step;
import dev.headway.client.work.Report;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A translator of signals into reports about the whole command: the percentage within a step
 * becomes its share of the bar. Once a signal of some trust was seen, those of less no longer
 * count. The whole never falls, and what is guessed stays below 100 percent until the command has
 * exited. Not thread-safe.
 */
final class ProgressTracker {
  private static final double MOST_GUESSED = 99;
  private static final int MOST_SENTENCES = 100;
  private static final double ROUNDING_ERROR = 1e-9;

  private List<Double> weights;
  private List<String> names = List.of();
  private final BarPhases bars = new BarPhases();
  private final Map<String, Double> sentences = new HashMap<>();
  private Trust percentTrust = Trust.PROSE;
  private Trust stepTrust = Trust.PROSE;
  private String message = "";
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

  /** The report that a signal calls for; empty when it tells nothing new. */
  Optional<Report> take(ProgressSignal signal) {
    return switch (signal) {
      case ProgressSignal.Percent percent -> percent(percent);
      case ProgressSignal.Count count -> count(count);
      case ProgressSignal.Steps(var declared) -> declare(declared);
      case ProgressSignal.NumberedStep next -> step(next);
      case ProgressSignal.NamedStep(var name) -> named(name);
      case ProgressSignal.Wrong _ -> Optional.empty();
      case ProgressSignal.Length(var seconds) -> {
        length = seconds;
        yield Optional.empty();
      }
      case ProgressSignal.Position(var seconds) ->
          length > 0
              ? percent(
                  new ProgressSignal.Percent(
                      Trust.BAR, "media", Math.min(100, 100 * seconds / length), ""))
              : Optional.empty();
    };
  }

  private Optional<Report> count(ProgressSignal.Count count) {
    var percent = 100.0 * count.done() / count.total();
    return percent(new ProgressSignal.Percent(Trust.DIRECTIVE, "", percent, count.message()))
        .map(report -> report.counting(count.done(), count.total()));
  }

  /** Steps are declared once. */
  private Optional<Report> declare(List<Step> declared) {
    if (!names.isEmpty()) {
      return Optional.empty();
    }
    names = declared.stream().map(Step::name).toList();
    weights = declared.stream().map(Step::weight).toList();
    return named(names.getFirst()).map(report -> report.declaring(declared));
  }

  private Optional<Report> named(String name) {
    var at = names.indexOf(name);
    return at < 0
        ? Optional.of(Report.step(name).saying(name))
        : step(new ProgressSignal.NumberedStep(Trust.DIRECTIVE, at + 1, names.size(), name));
  }

  private Optional<Report> step(ProgressSignal.NumberedStep next) {
    var directed = percentTrust == Trust.DIRECTIVE && next.trust() != Trust.DIRECTIVE;
    if (directed || next.trust().compareTo(stepTrust) < 0) {
      return Optional.empty();
    }
    stepTrust = next.trust();
    step = next.number();
    steps = next.of();
    length = 0;
    bars.clear();
    reached = Math.max(reached, whole(0));
    var title = next.name().isEmpty() ? "Step %d of %d".formatted(step, steps) : next.name();
    message = title;
    return Optional.of(Report.percent(reached).in(shortened(title)).saying(title));
  }

  private Optional<Report> percent(ProgressSignal.Percent signal) {
    if (signal.trust().compareTo(percentTrust) < 0 || !rising(signal)) {
      return Optional.empty();
    }
    if (signal.trust() != percentTrust) {
      percentTrust = signal.trust();
      bars.clear();
    }
    if (signal.trust() != Trust.DIRECTIVE && !bars.leads(signal.bar(), signal.percent())) {
      return Optional.empty();
    }
    var present = whole(signal.percent());
    if (signal.trust() != Trust.DIRECTIVE) {
      present = Math.min(MOST_GUESSED, present);
    }
    return report(Math.max(reached, present), signal.message());
  }

  private Optional<Report> report(double whole, String says) {
    if (whole == reached && (says.isEmpty() || says.equals(message))) {
      return Optional.empty();
    }
    reached = whole;
    message = says.isEmpty() ? message : says;
    return Optional.of(Report.percent(whole).saying(says.isEmpty() ? null : says));
  }

  /** A percentage in a sentence counts from the second one on, when it rises. */
  private boolean rising(ProgressSignal.Percent signal) {
    if (signal.trust() != Trust.PROSE) {
      return true;
    }
    if (sentences.size() >= MOST_SENTENCES && !sentences.containsKey(signal.bar())) {
      return false;
    }
    var before = sentences.put(signal.bar(), signal.percent());
    return before != null && before < signal.percent();
  }

  private double whole(double percent) {
    if (steps == 0) {
      return hundredths(percent);
    }
    var before = IntStream.range(1, step).mapToDouble(this::weight).sum();
    var total = IntStream.rangeClosed(1, steps).mapToDouble(this::weight).sum();
    return hundredths(Math.min(100, 100 * (before + weight(step) * percent / 100) / total));
  }

  /** A percentage as people read it: two decimals, and never 100 before it is. */
  private static double hundredths(double percent) {
    return Math.floor(percent * 100 + ROUNDING_ERROR) / 100;
  }

  private double weight(int number) {
    return number <= weights.size() ? weights.get(number - 1) : 1;
  }

  private static String shortened(String title) {
    return title.length() <= 200 ? title : title.substring(0, 199) + "…";
  }
}
