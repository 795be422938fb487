package dev.headway.fpl.advice;

import dev.headway.fpl.plan.PlanListener;
import dev.headway.fpl.plan.PlanProgress;
import dev.headway.fpl.plan.PlannedWeek;
import java.util.List;
import java.util.function.Consumer;

/** Tells an analysis' listener the progress of one of its searches. For one thread. */
final class SearchFollower implements PlanListener {
  /** Beyond this gap the bound is one of before any search. */
  private static final double HARDLY_KNOWN = 0.25;

  private final AnalysisListener listener;
  private final double from;
  private final double to;
  private final Consumer<List<PlannedWeek>> better;
  private List<PlannedWeek> shown = List.of();

  private SearchFollower(
      AnalysisListener listener, double from, double to, Consumer<List<PlannedWeek>> better) {
    this.listener = listener;
    this.from = from;
    this.to = to;
    this.better = better;
  }

  /** A search that is a share of its phase, from one fraction to another. */
  static SearchFollower within(AnalysisListener listener, double from, double to) {
    return new SearchFollower(listener, from, to, _ -> {});
  }

  /** The search that its phase begins with; each better plan is shown. */
  static SearchFollower showing(
      AnalysisListener listener, double to, Consumer<List<PlannedWeek>> better) {
    return new SearchFollower(listener, 0, to, better);
  }

  /** A search whose progress nobody needs to hear of. */
  static SearchFollower silent(AnalysisListener listener) {
    return within(listener, 0, 0);
  }

  @Override
  public void improved(PlanProgress progress) {
    if (to <= from) {
      return;
    }
    if (!progress.weeks().equals(shown)) {
      shown = progress.weeks();
      better.accept(shown);
    }
    listener.fraction(
        from + (to - from) * progress.fraction(),
        progress.gap() < HARDLY_KNOWN
            ? "Best plan %.1f, at most %.1f possible (gap %.2f %%)"
                .formatted(progress.objective(), progress.bound(), progress.gap() * 100)
            : "Best plan so far %.1f".formatted(progress.objective()));
  }

  @Override
  public boolean stopRequested() {
    return listener.stopRequested();
  }
}
