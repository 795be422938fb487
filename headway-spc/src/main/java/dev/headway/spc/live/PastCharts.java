package dev.headway.spc.live;

import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.model.Annotation;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Violation;
import dev.headway.spc.store.AuditEntry;
import dev.headway.spc.store.SampleStore.Range;
import dev.headway.spc.store.SpcStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Charts as they were at earlier times: the samples that were stored then, with the contents that
 * they had, judged by the limits and rules that were in force, as the audit trail has them. A
 * sample from before the time of storing was noted counts as stored when it was taken. Safe for use
 * by any thread; blocks on the store.
 *
 * @param store has the samples and the audit trail
 */
public record PastCharts(SpcStore store) {
  /**
   * A chart as it was.
   *
   * @param state the characteristic, its stages and its newest samples then
   * @param points those of its samples that were asked for, the oldest first
   * @param annotations those of today that there were
   */
  public record PastChart(
      CharacteristicState state, List<JudgedSample> points, List<Annotation> annotations) {}

  /**
   * The chart of a characteristic as it was at a time.
   *
   * @param present the characteristic as it is
   * @param limit how many samples, the newest then
   * @throws dev.headway.core.error.HeadwayException CONFLICT when there was no such characteristic
   */
  public PastChart at(ChartSetup present, Instant time, int limit) {
    var since = store.audit().since(present.id(), time);
    var setup = new PastSetup(present, since).setup();
    var depth =
        setup.stages().stream()
            .mapToInt(stage -> new StageHistory(setup.kind(), stage).depth())
            .max()
            .orElse(0);
    var samples = samples(setup, since, time, limit + 2 * depth);
    // What was before the first of them concerns only points that are not shown.
    var judged = JudgedSamples.judged(setup, samples, violations(setup, samples), null);
    var shown = judged.subList(Math.max(0, judged.size() - limit), judged.size());
    var state = new CharacteristicState(setup, shown, List.of(), 0, new Seen(0, 0, 0));
    return new PastChart(state, shown, annotations(shown, time));
  }

  private List<Annotation> annotations(List<JudgedSample> points, Instant time) {
    var ids = points.stream().map(judged -> judged.sample().id()).toList();
    return store.annotations().of(ids).stream().filter(one -> !one.at().isAfter(time)).toList();
  }

  private List<Sample> samples(ChartSetup setup, List<AuditEntry> since, Instant time, int most) {
    var earlier = new HashMap<Long, Sample>();
    for (var entry : since) {
      switch (entry.action()) {
        case EXCLUDED, INCLUDED, CORRECTED, SAMPLE_DELETED ->
            earlier.put(entry.subject(), DescribedSample.sample(entry, setup.kind()));
        case CREATED,
            CHANGED,
            DELETED,
            LIMITS,
            RULES,
            STAGES,
            ACKNOWLEDGED,
            CLOSED,
            ANNOTATED,
            ANNOTATION_REMOVED -> {}
      }
    }
    var samples = new ArrayList<Sample>();
    store.samples().latestStoredBy(new Range(setup.id(), null, null), time, most).stream()
        .filter(sample -> !earlier.containsKey(sample.id()))
        .forEach(samples::add);
    samples.addAll(thereThen(earlier, time));
    samples.sort(Comparator.comparing(Sample::position));
    return samples.subList(Math.max(0, samples.size() - most), samples.size());
  }

  /** Of samples that were changed since, those that had been stored. */
  private List<Sample> thereThen(Map<Long, Sample> earlier, Instant time) {
    var later = store.samples().storedAfter(earlier.keySet(), time);
    return earlier.values().stream()
        .filter(sample -> !later.contains(sample.id()) && !sample.timestamp().isAfter(time))
        .toList();
  }

  /** The patterns in samples as violations without numbers; a stage's first are context. */
  private static List<Violation> violations(ChartSetup setup, List<Sample> samples) {
    var found = new ArrayList<Violation>();
    for (var stage : setup.stages()) {
      found.addAll(violations(setup, stage, samples));
    }
    return found;
  }

  private static List<Violation> violations(ChartSetup setup, Stage stage, List<Sample> samples) {
    var history = new StageHistory(setup.kind(), stage);
    samples.stream()
        .filter(sample -> !sample.excluded())
        .filter(sample -> setup.stageAt(sample.timestamp()).id() == stage.id())
        .forEach(history::judge);
    return history.found().stream().map(pattern -> pattern.violation(setup.id())).toList();
  }
}
