package dev.headway.spc.live;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.spc.chart.Baseline;
import dev.headway.spc.chart.Baseline.LeftOut;
import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.limits.EstimatedLimits;
import dev.headway.spc.limits.LimitEstimation;
import dev.headway.spc.model.Position;
import dev.headway.spc.model.Sample;
import dev.headway.spc.store.SampleStore.Range;
import dev.headway.spc.store.SpcStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The samples that the limits of a stage are estimated from.
 *
 * @param store has them
 * @param setup the characteristic
 * @param stage the stage
 */
record BaselineSamples(SpcStore store, ChartSetup setup, Stage stage) {
  private static final int MOST = 100_000;

  /**
   * An estimate.
   *
   * @param limits the limits
   * @param baseline the baseline with all samples that were left out
   */
  record Estimate(EstimatedLimits limits, Baseline baseline) {}

  /**
   * Estimates limits.
   *
   * @throws HeadwayException CONFLICT when no limits follow from the baseline
   */
  Estimate estimate(Baseline baseline, LimitEstimation estimation) {
    var out = baseline.leftOut().stream().map(LeftOut::sampleId).collect(Collectors.toSet());
    var samples =
        samples(baseline).stream()
            .filter(sample -> !sample.excluded() && !out.contains(sample.id()))
            .toList();
    var observations = samples.stream().map(Sample::observation).toList();
    return switch (estimation.estimate(observations)) {
      case LimitEstimation.Insufficient(var reason) ->
          throw new HeadwayException(ErrorCode.CONFLICT, reason);
      case LimitEstimation.Estimated(var limits, var leftOut) -> {
        var all = new ArrayList<>(baseline.leftOut());
        leftOut.forEach(
            index -> all.add(new LeftOut(samples.get(index).id(), "beyond the limits")));
        yield new Estimate(limits, baseline.leaving(all));
      }
    };
  }

  private List<Sample> samples(Baseline baseline) {
    var end = setup.end(stage);
    var whole = new Range(setup.id(), stage.from(), end == null ? null : end.minusNanos(1_000));
    return switch (baseline) {
      case Baseline.Period(var from, var to, _) ->
          store.samples().latestIncluded(new Range(setup.id(), from, to), MOST);
      case Baseline.First(var count, _) -> first(whole, count);
      case Baseline.Last(var count, _) -> store.samples().latestIncluded(whole, count);
      case Baseline.Chosen(var ids, _) ->
          store.samples().find(ids).stream()
              .filter(sample -> sample.characteristicId() == setup.id())
              .toList();
      case Baseline.Known _ -> List.of();
    };
  }

  private List<Sample> first(Range whole, int count) {
    var samples = new ArrayList<Sample>();
    store
        .samples()
        .scan(
            whole,
            Position.before(stage.from()),
            sample -> {
              if (!sample.excluded()) {
                samples.add(sample);
              }
              return samples.size() < count;
            });
    return samples;
  }
}
