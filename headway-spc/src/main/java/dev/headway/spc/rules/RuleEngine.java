package dev.headway.spc.rules;

import dev.headway.spc.model.PlottedStatistic;
import dev.headway.spc.model.RuleSetting;
import dev.headway.spc.model.RuleSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges the points of one chart by its rules as they come: constant work per point and rule, and a
 * memory that is bounded by the longest window. Points of excluded samples must not be given to it.
 *
 * <p>What it will find depends on its last {@link #depth} points alone, so {@link #snapshot} is its
 * whole state, and giving the last points of a stored series to a new engine restores it.
 *
 * <p>Not thread-safe.
 */
public final class RuleEngine {
  private final PlottedStatistic statistic;
  private final List<WatchedRule> watches;
  private final int depth;
  private final RecentPoints recent;

  private record WatchedRule(RuleSetting setting, Detector detector) {}

  /** An engine that has seen no point, for the rules that apply to {@code statistic}. */
  public RuleEngine(PlottedStatistic statistic, RuleSettings settings) {
    this.statistic = statistic;
    this.watches =
        settings.applied(statistic).stream()
            .map(setting -> new WatchedRule(setting, Detector.of(setting)))
            .toList();
    this.depth = watches.stream().mapToInt(watch -> watch.setting().window()).max().orElse(1);
    this.recent = new RecentPoints(depth);
  }

  /** How many points the engine looks back on, the newest included. */
  public int depth() {
    return depth;
  }

  /**
   * Judges the next point.
   *
   * @return a signal for each rule that holds at it, in the order of the rules' numbers
   */
  public List<Signal> accept(ChartPoint point) {
    var previous = recent.newest();
    var step = previous == null ? 0 : point.stepFrom(previous);
    recent.add(point);
    var signals = new ArrayList<Signal>(0);
    for (var watch : watches) {
      var finding = watch.detector().accept(point.z(), step);
      if (finding != null) {
        signals.add(signal(watch.setting(), finding));
      }
    }
    return signals;
  }

  private Signal signal(RuleSetting setting, Detector.Finding finding) {
    var gained = finding.begins() ? finding.members() : Detector.newest(1);
    return new Signal(
        statistic,
        setting.rule(),
        setting.severity(),
        finding.side(),
        finding.begins(),
        recent.sampleIds(gained));
  }

  /** The points that the engine's state follows from, oldest first. */
  public List<ChartPoint> snapshot() {
    return recent.oldestFirst();
  }
}
