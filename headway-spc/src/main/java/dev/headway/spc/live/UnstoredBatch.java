package dev.headway.spc.live;

import dev.headway.spc.model.Sample;
import dev.headway.spc.store.ChartWrite;
import dev.headway.spc.store.ChartWrite.GrownViolation;
import dev.headway.spc.store.ChartWrite.NewViolation;
import dev.headway.spc.store.ChartWrite.Numbers;
import dev.headway.spc.store.ChartWrite.SampleChanges;
import dev.headway.spc.store.ChartWrite.ViolationChanges;
import dev.headway.spc.store.ImportStore;
import dev.headway.spc.store.SpcStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one request, judged by their charts and not stored yet. Those that come in the
 * order of time go on where the chart is; where one is late, the chart's history is judged anew
 * around it. Used once, under the charts' locks.
 */
final class UnstoredBatch {
  private final SpcStore store;
  private final List<UnstoredSample> onTime = new ArrayList<>();
  private final List<LateSamples> late = new ArrayList<>();
  private final List<LiveChart> charts = new ArrayList<>();
  private final Map<Long, String> keys;

  /**
   * Samples of one chart of which one is late.
   *
   * @param chart the chart
   * @param samples the samples, in the order of time
   * @param outcome of judging history anew
   */
  record LateSamples(LiveChart chart, List<Sample> samples, Rejudgment.Difference outcome) {}

  /**
   * @param keys the keys under which samples are stored, by number
   */
  UnstoredBatch(SpcStore store, Map<Long, String> keys) {
    this.store = store;
    this.keys = keys;
  }

  /** Judges the samples of a chart, which are given in the order of time. */
  void judge(LiveChart chart, List<Sample> samples) {
    charts.add(chart);
    var first = samples.getFirst();
    if (!chart.isLate(first)) {
      samples.forEach(sample -> onTime.add(chart.judge(sample)));
      return;
    }
    var rejudgment = new Rejudgment(store, chart.state().setup(), SampleChanges.adding(samples));
    var outcome = rejudgment.around(first.position(), samples.getLast().position());
    late.add(new LateSamples(chart, samples, outcome));
  }

  /** The samples that came in the order of time. */
  List<UnstoredSample> onTime() {
    return onTime;
  }

  /** The samples of charts whose history was judged anew. */
  List<LateSamples> late() {
    return late;
  }

  /**
   * All that is to be stored.
   *
   * @param step how far an import has come with it
   */
  ChartWrite write(ImportStore.@Nullable Step step) {
    var revisions = new HashMap<Long, Long>();
    charts.forEach(chart -> revisions.put(chart.id(), chart.revision()));
    var samples = new ArrayList<Sample>();
    var lateIds = new HashSet<Long>();
    onTime.forEach(unstored -> samples.add(unstored.sample()));
    for (var one : late) {
      samples.addAll(one.samples());
      one.samples().stream().map(Sample::id).forEach(lateIds::add);
    }
    var changes = new SampleChanges(samples, lateIds, List.of(), List.of(), keys);
    return new ChartWrite(revisions, null, changes, violations(), List.of(), step);
  }

  private ViolationChanges violations() {
    var outcomes = late.stream().map(one -> one.outcome().changes()).toList();
    List<NewViolation> begun =
        Stream.concat(
                fresh().stream().map(StandingPattern::requiredNewViolation),
                outcomes.stream().flatMap(changes -> changes.begun().stream()))
            .toList();
    var grown = new ArrayList<GrownViolation>();
    for (var pattern : patterns()) {
      var growth = pattern.growth();
      if (growth != null) {
        grown.add(growth);
      }
    }
    return new ViolationChanges(
        begun,
        grown,
        outcomes.stream().flatMap(changes -> changes.changed().stream()).toList(),
        outcomes.stream().flatMap(changes -> changes.withdrawn().stream()).toList());
  }

  private Set<StandingPattern> patterns() {
    var patterns = new LinkedHashSet<StandingPattern>();
    for (var unstored : onTime) {
      unstored.held().forEach(held -> patterns.add(held.pattern()));
    }
    return patterns;
  }

  private List<StandingPattern> fresh() {
    return patterns().stream().filter(pattern -> pattern.newViolation() != null).toList();
  }

  /**
   * Notes the numbers that violations were stored under.
   *
   * @return those of the violations that were found by judging history anew, in their order
   */
  List<Long> stored(Numbers numbers) {
    charts.forEach(LiveChart::countOn);
    var fresh = fresh();
    var ids = numbers.violationIds();
    for (var at = 0; at < fresh.size(); at++) {
      fresh.get(at).stored(ids.get(at));
    }
    patterns().forEach(pattern -> pattern.stored(pattern.violationId()));
    return ids.subList(fresh.size(), ids.size());
  }
}
