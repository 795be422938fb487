package dev.headway.spc.live;

import dev.headway.core.error.HeadwayException;
import dev.headway.server.json.JsonCodec;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.input.CorrectionDraft;
import dev.headway.spc.input.SampleTimes;
import dev.headway.spc.model.AttributeCount;
import dev.headway.spc.model.Definition;
import dev.headway.spc.model.Observation;
import dev.headway.spc.model.Position;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Subgroup;
import dev.headway.spc.store.AuditEntry;
import dev.headway.spc.store.AuditEntry.Action;
import dev.headway.spc.store.ChartWrite;
import dev.headway.spc.store.ChartWrite.SampleChanges;
import dev.headway.spc.store.SpcStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Changes of samples that were taken in: exclusion, correction and deletion, each for a reason that
 * goes to the audit trail. What is around the sample is judged anew in the same transaction. Safe
 * for use by any thread; blocks on the store.
 */
public final class SampleCorrections {
  private final LiveCharts charts;
  private final SpcStore store;
  private final JudgedSamples judgedSamples;
  private final SampleTimes times;
  private final InstantSource clock;

  /**
   * @param charts go over to what was changed
   * @param store keeps it
   * @param times which times of samples are accepted
   * @param clock stamps it
   */
  public SampleCorrections(
      LiveCharts charts, SpcStore store, SampleTimes times, InstantSource clock) {
    this.charts = charts;
    this.store = store;
    this.judgedSamples = new JudgedSamples(store);
    this.times = times;
    this.clock = clock;
  }

  /**
   * A change of a sample.
   *
   * @param sampleId the sample
   * @param actor who makes it
   * @param reason why; empty when none was given
   */
  public record Correction(long sampleId, String actor, String reason) {}

  /**
   * Takes a sample out of limits, rules and capability, or in again.
   *
   * @throws HeadwayException NOT_FOUND
   */
  public JudgedSample exclude(Correction correction, boolean excluded) {
    var action = excluded ? Action.EXCLUDED : Action.INCLUDED;
    return replacing(correction, action, (sample, _) -> sample.withExcluded(excluded));
  }

  /**
   * Corrects a sample.
   *
   * @throws HeadwayException NOT_FOUND; VALIDATION_ERROR with everything that is wrong with it
   */
  public JudgedSample correct(Correction correction, CorrectionDraft draft) {
    return replacing(
        correction,
        Action.CORRECTED,
        (sample, definition) -> draft.of(sample, definition, times, now()));
  }

  private JudgedSample replacing(
      Correction correction, Action action, BiFunction<Sample, Definition, Sample> change) {
    return changing(
        correction,
        (chart, sample) -> {
          var changed = change.apply(sample, chart.state().setup().definition());
          if (changed.equals(sample)) {
            return judgedSamples.find(chart.state().setup(), sample.id()).orElseThrow();
          }
          var audit = audit(correction, action, sample, changed);
          replace(chart, sample, changed, audit);
          return judgedSamples.find(chart.state().setup(), sample.id()).orElseThrow();
        });
  }

  private interface Change<T> {
    T make(LiveChart chart, Sample sample);
  }

  private <T> T changing(Correction correction, Change<T> change) {
    var id = correction.sampleId();
    var missing = HeadwayException.notFound("Sample " + id);
    var found = store.samples().find(id).orElseThrow(() -> missing);
    return charts
        .locked(
            found.characteristicId(),
            chart -> change.make(chart, store.samples().find(id).orElseThrow(() -> missing)))
        .orElseThrow(() -> missing);
  }

  private void replace(LiveChart chart, Sample sample, Sample changed, AuditEntry audit) {
    var samples = SampleChanges.replacing(changed);
    var outcome =
        new Rejudgment(store, chart.state().setup(), samples)
            .around(
                earlier(sample.position(), changed.position()),
                earlier(changed.position(), sample.position()).equals(sample.position())
                    ? changed.position()
                    : sample.position());
    store(
        chart,
        write(chart, samples, outcome, audit),
        outcome,
        seen -> {
          var judged = judgedSamples.find(chart.state().setup(), changed.id()).orElseThrow();
          return audit.action() == Action.CORRECTED
              ? new SpcEvent.SampleCorrected(judged, seen)
              : new SpcEvent.ExclusionChanged(judged, seen);
        });
  }

  private static Position earlier(Position one, Position other) {
    return other.isBefore(one) ? other : one;
  }

  /**
   * Deletes a sample.
   *
   * @throws HeadwayException NOT_FOUND
   */
  public void delete(Correction correction) {
    var _ =
        changing(
            correction,
            (chart, sample) -> {
              var samples = SampleChanges.deleting(sample.id());
              var outcome =
                  new Rejudgment(store, chart.state().setup(), samples)
                      .around(sample.position(), sample.position());
              var audit = audit(correction, Action.SAMPLE_DELETED, sample, null);
              store(
                  chart,
                  write(chart, samples, outcome, audit),
                  outcome,
                  seen -> new SpcEvent.SampleDeleted(chart.id(), sample.id(), seen));
              return sample.id();
            });
  }

  private interface EventMaker {
    SpcEvent make(Seen seen);
  }

  private static ChartWrite write(
      LiveChart chart, SampleChanges samples, Rejudgment.Difference outcome, AuditEntry audit) {
    return new ChartWrite(
        Map.of(chart.id(), chart.revision()),
        null,
        samples,
        outcome.changes(),
        List.of(audit),
        null);
  }

  private void store(
      LiveChart chart, ChartWrite write, Rejudgment.Difference outcome, EventMaker event) {
    var before = chart.state().seen();
    var numbers = store.write(write, now());
    chart.forget();
    charts.publish(chart, List.of(event.make(before)));
    charts.publishRejudged(chart, outcome, numbers.violationIds(), before);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private record DescribedSample(
      Instant timestamp,
      List<Double> measurements,
      @Nullable String batchNumber,
      @Nullable String operatorId,
      boolean excluded,
      @Nullable String reason) {
    static DescribedSample of(Sample sample, @Nullable String reason) {
      return new DescribedSample(
          sample.timestamp(),
          numbers(sample.observation()),
          sample.batchNumber(),
          sample.operatorId(),
          sample.excluded(),
          reason);
    }

    private static List<Double> numbers(Observation observation) {
      return switch (observation) {
        case Subgroup subgroup -> subgroup.measurements();
        case AttributeCount(var count, var size) -> List.of(count, size);
      };
    }
  }

  private record DescribedReason(String reason) {}

  private AuditEntry audit(
      Correction correction, Action action, Sample before, @Nullable Sample after) {
    return new AuditEntry(
        0,
        before.characteristicId(),
        action,
        before.id(),
        correction.actor(),
        now(),
        JsonCodec.json(DescribedSample.of(before, null)),
        JsonCodec.json(
            after == null
                ? new DescribedReason(correction.reason())
                : DescribedSample.of(after, correction.reason())));
  }
}
