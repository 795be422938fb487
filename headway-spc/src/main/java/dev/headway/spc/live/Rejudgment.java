package dev.headway.spc.live;

import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.model.Position;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Violation;
import dev.headway.spc.store.ChartWrite.SampleChanges;
import dev.headway.spc.store.ChartWrite.ViolationChanges;
import dev.headway.spc.store.SampleStore.Range;
import dev.headway.spc.store.SpcStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges the history of a characteristic anew, as far as a change reaches: reads its samples in
 * portions, finds the patterns in them, and compares these with the violations on record. Nothing
 * is written, so that nobody waits for it. Used once, under the chart's lock.
 */
final class Rejudgment {
  private static final Instant END = Instant.parse("2200-01-01T00:00:00Z");

  private final SpcStore store;
  private final ChartSetup setup;
  private final SeriesChange series;
  private final List<FoundPattern> found = new ArrayList<>();
  private int judged;

  /** The place up to which patterns are known. */
  private Position reached = Position.before(Stage.BEGINNING);

  /**
   * @param setup the characteristic and its stages as they will be
   * @param changes what will become of its samples
   */
  Rejudgment(SpcStore store, ChartSetup setup, SampleChanges changes) {
    this.store = store;
    this.setup = setup;
    this.series = new SeriesChange(store.samples(), changes);
  }

  /**
   * The difference that judging anew made.
   *
   * @param changes what becomes of violations
   * @param judged how many samples were judged
   */
  record Difference(ViolationChanges changes, int judged) {
    /** The change that it was made for, not stored. */
    PreviewedChange of(ChartSetup setup, SampleChanges samples) {
      return new PreviewedChange(setup, samples, changes, judged);
    }
  }

  /** Judges a period anew, all of it: other limits or rules are in force in it. */
  Difference period(Instant from, @Nullable Instant end) {
    var start = quietStart(Position.before(from));
    walk(start, end == null ? END : end, null);
    return difference(start);
  }

  /**
   * Judges the surroundings of changed samples anew, as far as the rules look and patterns reach.
   *
   * @param first the first place at which samples change
   * @param last the last one
   */
  Difference around(Position first, Position last) {
    var start = quietStart(first);
    walk(start, END, last);
    return difference(start);
  }

  /** The last place at or before one at which no violation on record stands. */
  private Position quietStart(Position place) {
    var stage = setup.stageAt(place.at());
    var range = new Range(setup.id(), stage.from(), null);
    var context =
        store.samples().includedBefore(range, place, new StageHistory(setup.kind(), stage).depth());
    var from = context.isEmpty() ? place.at() : context.getFirst().timestamp();
    var start = place;
    var earlier = firstOf(from, start);
    while (earlier.isBefore(start)) {
      start = earlier;
      earlier = firstOf(start.at(), start);
    }
    return start;
  }

  private Position firstOf(Instant from, Position start) {
    return store.violations().spanning(setup.id(), from, start.at()).stream()
        .map(violation -> violation.extent().first())
        .filter(first -> first.isBefore(start))
        .min(Position::compareTo)
        .orElse(start);
  }

  private void walk(Position start, Instant end, @Nullable Position changed) {
    for (var stage : setup.stages()) {
      var stageEnd = setup.end(stage);
      var before = stageEnd != null && !stageEnd.isAfter(start.at());
      if (before || !stage.from().isBefore(end)) {
        continue;
      }
      var from = start.at().isBefore(stage.from()) ? Position.before(stage.from()) : start;
      if (!walk(stage, from, changed)) {
        return;
      }
    }
  }

  /** Judges the samples of a stage; false when what follows them stays as it is. */
  private boolean walk(Stage stage, Position from, @Nullable Position changed) {
    var history = new StageHistory(setup.kind(), stage);
    var end = setup.end(stage);
    var range = new Range(setup.id(), stage.from(), end == null ? null : end.minusNanos(1_000));
    store.samples().includedBefore(range, from, history.depth()).forEach(history::recall);
    var settled = new int[1];
    var going = new boolean[] {true};
    series.scan(
        range,
        from,
        sample -> {
          judge(history, sample);
          if (changed != null && sample.position().isAfter(changed)) {
            settled[0]++;
            going[0] = settled[0] % history.depth() != 0 || stands(history, sample);
          }
          return going[0];
        });
    found.addAll(history.found());
    judged += history.judged();
    if (!going[0]) {
      return false;
    }
    reached = Position.before(end == null ? END : end);
    return changed == null || end == null || !changed.at().isBefore(end);
  }

  private void judge(StageHistory history, Sample sample) {
    if (!sample.excluded()) {
      history.judge(sample);
    }
    reached = sample.position();
  }

  /** Whether a pattern stands, or stood on record, behind a sample. */
  private boolean stands(StageHistory history, Sample sample) {
    return !history.quiet()
        || store.violations().spanning(setup.id(), sample.timestamp(), sample.timestamp()).stream()
            .map(Violation::extent)
            .anyMatch(extent ->
                !extent.first().isAfter(sample.position())
                    && extent.last().isAfter(sample.position()));
  }

  private Difference difference(Position start) {
    var recorded =
        store.violations().recorded(setup.id(), start.at(), reached.at()).stream()
            .filter(one -> !one.violation().extent().last().isBefore(start))
            .filter(one -> !one.violation().extent().first().isAfter(reached))
            .toList();
    var match = new ViolationMatch(setup.id(), recorded, series::adds);
    return new Difference(match.changes(found), judged);
  }
}
