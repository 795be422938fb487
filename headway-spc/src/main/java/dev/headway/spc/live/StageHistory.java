package dev.headway.spc.live;

import dev.headway.spc.chart.ControlChart;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.PatternKey;
import dev.headway.spc.model.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The patterns in the samples of one stage, which are given in order. Not thread-safe. */
final class StageHistory {
  private final ControlChart chart;
  private final RecentPositions recent;
  private final Map<PatternKey, FoundPattern> standing = new HashMap<>();
  private final List<FoundPattern> found = new ArrayList<>();
  private int judged;
  private int lastHeld;

  StageHistory(ChartKind kind, Stage stage) {
    this.chart = ControlChart.of(kind, stage);
    this.recent = new RecentPositions(chart.depth() + 1);
  }

  /** How many samples the rules look back on. */
  int depth() {
    return chart.depth() + 1;
  }

  /** Takes in an included sample before the first one whose patterns are asked for. */
  void recall(Sample sample) {
    var _ = chart.accept(sample.id(), sample.observation());
    recent.add(sample.position());
  }

  /** Judges the next included sample. */
  void judge(Sample sample) {
    judged++;
    recent.add(sample.position());
    for (var signal : chart.accept(sample.id(), sample.observation()).signals()) {
      lastHeld = judged;
      var key = StandingPattern.key(signal);
      var pattern = standing.get(key);
      if (pattern == null || signal.begins()) {
        var first = recent.of(signal.sampleIds().getFirst());
        pattern = new FoundPattern(key, signal.severity(), first);
        standing.put(key, pattern);
        found.add(pattern);
      }
      pattern.hold(sample.position(), signal.sampleIds().size());
    }
  }

  /** How many samples were judged. */
  int judged() {
    return judged;
  }

  /** Whether no rule has held for as long as the rules look back. */
  boolean quiet() {
    return judged - lastHeld > depth() || lastHeld == 0;
  }

  /** The patterns, in the order of their first signals. */
  List<FoundPattern> found() {
    return found;
  }
}
