package dev.headway.spc.live;

import dev.headway.core.error.HeadwayException;
import dev.headway.server.json.JsonCodec;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.input.CorrectionDraft;
import dev.headway.spc.input.SampleTimes;
import dev.headway.spc.model.Sample;
import dev.headway.spc.store.AuditEntry;
import dev.headway.spc.store.AuditEntry.Action;
import dev.headway.spc.store.Author;
import dev.headway.spc.store.ChartWrite;
import dev.headway.spc.store.ChartWrite.SampleChanges;
import dev.headway.spc.store.SpcStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
   * @param author who makes it
   * @param reason why; empty when none was given
   */
  public record Correction(long sampleId, Author author, String reason) {}

  /** The wanted change of a sample. */
  public sealed interface SampleEdit {
    /** It is taken out of limits, rules and capability, or in again. */
    record Exclusion(boolean excluded) implements SampleEdit {}

    /** Its contents are corrected. */
    record Contents(CorrectionDraft draft) implements SampleEdit {}

    /** It is deleted. */
    record Deletion() implements SampleEdit {}
  }

  /**
   * Changes a sample.
   *
   * @return the sample; empty when it was deleted
   * @throws HeadwayException NOT_FOUND; VALIDATION_ERROR with everything that is wrong with a
   *     correction
   */
  public Optional<JudgedSample> change(Correction correction, SampleEdit edit) {
    return changing(
        correction,
        (chart, sample) -> {
          var after = edited(chart, sample, edit);
          if (!sample.equals(after)) {
            store(chart, sample, after, audit(correction, edit, sample, after));
          }
          return judgedSamples.find(chart.state().setup(), sample.id());
        });
  }

  /**
   * Judges a change of a sample without storing it.
   *
   * @throws HeadwayException as {@link #change}
   */
  public PreviewedChange preview(Correction correction, SampleEdit edit) {
    return changing(
        correction,
        (chart, sample) -> {
          var after = edited(chart, sample, edit);
          var setup = chart.state().setup();
          return judged(chart, sample, after).of(setup, changes(sample, after));
        });
  }

  private @Nullable Sample edited(LiveChart chart, Sample sample, SampleEdit edit) {
    return switch (edit) {
      case SampleEdit.Exclusion(var excluded) -> sample.withExcluded(excluded);
      case SampleEdit.Contents(var draft) ->
          draft.of(sample, chart.state().setup().definition(), times, now());
      case SampleEdit.Deletion _ -> null;
    };
  }

  private static Action action(SampleEdit edit) {
    return switch (edit) {
      case SampleEdit.Exclusion(var excluded) -> excluded ? Action.EXCLUDED : Action.INCLUDED;
      case SampleEdit.Contents _ -> Action.CORRECTED;
      case SampleEdit.Deletion _ -> Action.SAMPLE_DELETED;
    };
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

  private static SampleChanges changes(Sample before, @Nullable Sample after) {
    return after == null ? SampleChanges.deleting(before.id()) : SampleChanges.replacing(after);
  }

  private Rejudgment.Difference judged(LiveChart chart, Sample before, @Nullable Sample after) {
    var from = before.position();
    var to = after == null ? from : after.position();
    var rejudgment = new Rejudgment(store, chart.state().setup(), changes(before, after));
    return from.isBefore(to) ? rejudgment.around(from, to) : rejudgment.around(to, from);
  }

  private void store(LiveChart chart, Sample before, @Nullable Sample after, AuditEntry audit) {
    var outcome = judged(chart, before, after);
    var write =
        new ChartWrite(
            Map.of(chart.id(), chart.revision()),
            null,
            changes(before, after),
            outcome.changes(),
            List.of(audit),
            null);
    var seen = chart.state().seen();
    var numbers = store.write(write, now());
    chart.forget();
    charts.publish(chart, List.of(event(chart, audit, seen)));
    charts.publishRejudged(chart, outcome, numbers.violationIds(), seen);
  }

  private SpcEvent event(LiveChart chart, AuditEntry audit, Seen seen) {
    var id = audit.subject();
    if (audit.action() == Action.SAMPLE_DELETED) {
      return new SpcEvent.SampleDeleted(chart.id(), id, seen);
    }
    var judged = judgedSamples.find(chart.state().setup(), id).orElseThrow();
    return audit.action() == Action.CORRECTED
        ? new SpcEvent.SampleCorrected(judged, seen)
        : new SpcEvent.ExclusionChanged(judged, seen);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private record DescribedReason(String reason) {}

  private AuditEntry audit(
      Correction correction, SampleEdit edit, Sample before, @Nullable Sample after) {
    return new AuditEntry(
        0,
        before.characteristicId(),
        action(edit),
        before.id(),
        correction.author(),
        now(),
        JsonCodec.json(DescribedSample.of(before, null)),
        JsonCodec.json(
            after == null
                ? new DescribedReason(correction.reason())
                : DescribedSample.of(after, correction.reason())));
  }
}
