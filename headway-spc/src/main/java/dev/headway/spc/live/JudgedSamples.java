package dev.headway.spc.live;

import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.chart.ControlChart;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.chart.JudgedSample.Point;
import dev.headway.spc.chart.PatternExplanation;
import dev.headway.spc.chart.PatternPoint;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Observation;
import dev.headway.spc.model.Position;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Violation;
import dev.headway.spc.store.SampleStore.Range;
import dev.headway.spc.store.SpcStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads samples with the verdicts of their stages. Verdicts are not kept: zones follow from the
 * limits in force, and a sample is out of control where a violation in force holds at it, so that
 * every reader has the same answer. Safe for use by any thread.
 *
 * @param store has the samples and violations
 */
public record JudgedSamples(SpcStore store) {
  private static final int PORTION = 1_000;

  /** The last samples of a range, the oldest of them first. */
  public List<JudgedSample> latest(ChartSetup setup, Range range, int limit) {
    return judged(setup, store.samples().latest(range, limit));
  }

  /** The last samples of a series as a change would leave them, the oldest first. */
  public List<JudgedSample> previewed(PreviewedChange change, int limit) {
    var setup = change.setup();
    var samples = change.applied(store.samples().latest(Range.all(setup.id()), limit));
    if (samples.isEmpty()) {
      return List.of();
    }
    var first = samples.getFirst().position();
    var last = samples.getLast().position();
    var stored = store.violations().spanning(setup.id(), first.at(), last.at());
    return judged(setup, samples, change.inForce(stored, first, last), before(setup, samples));
  }

  /**
   * The samples after a number, up to the newest of a state, by their numbers: those among the
   * latest, and late ones.
   *
   * @param most how many of the latest, and how many late ones
   */
  public List<JudgedSample> after(CharacteristicState state, long number, int most) {
    if (number >= state.seen().sample()) {
      return List.of();
    }
    var setup = state.setup();
    var latest =
        latest(setup, Range.all(setup.id()), most).stream()
            .filter(judged -> judged.sample().id() > number)
            .toList();
    var ids = latest.stream().map(judged -> judged.sample().id()).collect(Collectors.toSet());
    var late =
        store.samples().lateAfter(setup.id(), number, most).stream()
            .filter(sample -> !ids.contains(sample.id()))
            .map(sample -> judged(setup, List.of(sample)).getFirst());
    return Stream.concat(latest.stream(), late)
        .filter(judged -> judged.sample().id() <= state.seen().sample())
        .sorted(Comparator.comparingLong(judged -> judged.sample().id()))
        .toList();
  }

  /** A page of the samples of a range, newest first. */
  public Page<JudgedSample> list(ChartSetup setup, Range range, PageRequest page) {
    var found = store.samples().list(range, page);
    var judged = judged(setup, found.items().reversed()).reversed();
    return new Page<>(judged, found.total(), found.next());
  }

  /**
   * Gives the samples of a range to a receiver, in order and in portions, so that a series of any
   * length takes constant memory.
   */
  public void each(ChartSetup setup, Range range, Consumer<JudgedSample> receiver) {
    var portion = new ArrayList<Sample>();
    store
        .samples()
        .scan(
            range,
            Position.before(Stage.BEGINNING),
            sample -> {
              portion.add(sample);
              if (portion.size() == PORTION) {
                judged(setup, portion).forEach(receiver);
                portion.clear();
              }
              return true;
            });
    judged(setup, portion).forEach(receiver);
  }

  /** The sample of a number; empty when the characteristic has none of it. */
  public Optional<JudgedSample> find(ChartSetup setup, long id) {
    return store
        .samples()
        .find(id)
        .filter(sample -> sample.characteristicId() == setup.id())
        .map(sample -> judged(setup, List.of(sample)).getFirst());
  }

  /** The violations whose rules hold at a sample, ascending. */
  public List<Violation> holdingAt(ChartSetup setup, JudgedSample judged) {
    var sample = judged.sample();
    return store.violations().spanning(setup.id(), sample.timestamp(), sample.timestamp()).stream()
        .filter(violation -> holds(setup.kind(), violation, judged))
        .toList();
  }

  /**
   * Samples with their verdicts.
   *
   * @param samples all samples between the first and the last of them, in order
   */
  public List<JudgedSample> judged(ChartSetup setup, List<Sample> samples) {
    if (samples.isEmpty()) {
      return List.of();
    }
    var violations =
        store
            .violations()
            .spanning(setup.id(), samples.getFirst().timestamp(), samples.getLast().timestamp());
    return judged(setup, samples, violations, before(setup, samples));
  }

  /**
   * Samples with the verdicts that violations give them.
   *
   * @param samples all samples between the first and the last of them, in order
   * @param before what was measured before the first of them; null for nothing
   */
  static List<JudgedSample> judged(
      ChartSetup setup,
      List<Sample> samples,
      List<Violation> violations,
      @Nullable Observation before) {
    if (samples.isEmpty()) {
      return List.of();
    }
    var judged = new ArrayList<JudgedSample>(samples.size());
    Stage stage = setup.stageAt(samples.getFirst().timestamp());
    var previous = before;
    for (var sample : samples) {
      var own = setup.stageAt(sample.timestamp());
      previous = own.id() == stage.id() ? previous : null;
      stage = own;
      var plotted = plotted(setup.kind(), stage, sample, previous);
      judged.add(judged(setup.kind(), plotted, violations));
      previous = sample.excluded() ? previous : sample.observation();
    }
    return judged;
  }

  private @Nullable Observation before(ChartSetup setup, List<Sample> samples) {
    if (setup.kind() != ChartKind.INDIVIDUALS || samples.isEmpty()) {
      return null;
    }
    var sample = samples.getFirst();
    var stage = setup.stageAt(sample.timestamp());
    var range = new Range(setup.id(), stage.from(), null);
    return store.samples().includedBefore(range, sample.position(), 1).stream()
        .map(Sample::observation)
        .findFirst()
        .orElse(null);
  }

  /** A sample as its charts plot it, without a verdict. */
  private static JudgedSample plotted(
      ChartKind kind, Stage stage, Sample sample, @Nullable Observation previous) {
    var main = ControlChart.main(kind, stage.limits(), sample.observation());
    var spread = ControlChart.spread(kind, stage.limits(), sample.observation(), previous);
    return new JudgedSample(sample, stage.id(), main, spread, null, List.of());
  }

  private static JudgedSample judged(
      ChartKind kind, JudgedSample plotted, List<Violation> violations) {
    if (plotted.sample().excluded() || !plotted.main().judged()) {
      return plotted;
    }
    var own = violations.stream().filter(one -> includes(kind, one, plotted)).toList();
    var inControl = own.stream().noneMatch(one -> holds(kind, one, plotted));
    var ids = own.stream().map(Violation::id).toList();
    return new JudgedSample(
        plotted.sample(), plotted.stageId(), plotted.main(), plotted.spread(), inControl, ids);
  }

  private static boolean includes(ChartKind kind, Violation violation, JudgedSample judged) {
    var point = point(kind, violation, judged);
    return point != null && violation.includes(judged.sample().position(), point.z());
  }

  private static boolean holds(ChartKind kind, Violation violation, JudgedSample judged) {
    var point = point(kind, violation, judged);
    return point != null && violation.holdsAt(judged.sample().position(), point.z());
  }

  private static @Nullable PatternPoint point(
      ChartKind kind, Violation violation, JudgedSample judged) {
    Point point = violation.statistic() == kind.location() ? judged.main() : judged.spread();
    var lines = point == null ? null : point.lines();
    return judged.sample().excluded() || point == null || lines == null || lines.degenerate()
        ? null
        : new PatternPoint(judged.sample(), point.value(), lines);
  }

  /** The newest samples of a violation, at most {@code limit}, in order. */
  public List<Long> members(ChartSetup setup, Violation violation, int limit) {
    return pattern(setup, violation, limit).stream().map(point -> point.sample().id()).toList();
  }

  /** The reason of a violation with the newest of its points, at most {@code limit}. */
  public PatternExplanation explain(ChartSetup setup, Violation violation, int limit) {
    var rules = setup.stageAt(violation.extent().held().at()).rules();
    var main = violation.statistic() == setup.kind().location();
    var settings = main ? rules.location() : rules.dispersion();
    return PatternExplanation.of(
        violation, settings.of(violation.rule()), pattern(setup, violation, limit));
  }

  private List<PatternPoint> pattern(ChartSetup setup, Violation violation, int limit) {
    var extent = violation.extent();
    var range = new Range(setup.id(), extent.first().at(), extent.last().at());
    return latest(setup, range, limit).stream()
        .<PatternPoint>mapMulti((judged, found) -> {
          var point = point(setup.kind(), violation, judged);
          if (point != null && violation.includes(judged.sample().position(), point.z())) {
            found.accept(point);
          }
        })
        .toList();
  }
}
