package dev.headway.filling.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a comparison's job, as it is stored and as watchers get it.
 *
 * @param bestStrategy by name
 * @param bestMakespan hours
 * @param recommendation a sentence with the reason
 * @param partial true for what a cancelled comparison had found; null otherwise
 */
@JsonInclude(Include.NON_NULL)
public record ComparisonResult(
    String bestStrategy,
    double bestMakespan,
    String recommendation,
    List<StrategyResult> strategies,
    long comparisonId,
    @Nullable Boolean partial) {
  /** Takes a copy. */
  public ComparisonResult {
    strategies = List.copyOf(strategies);
  }

  /** A strategy's row: its result, or only the state of one that is waited for. */
  public sealed interface Row permits StrategyResult, Waiting {}

  /** A strategy of a comparison that has not ended. */
  public record Waiting(String strategy, String status) implements Row {}

  /**
   * One strategy's result; without a schedule there are no figures.
   *
   * @param makespan hours
   * @param utilization a fraction
   * @param executionTime seconds
   * @param error why it failed; null when it did not
   */
  @JsonInclude(Include.NON_NULL)
  public record StrategyResult(
      String strategy,
      String status,
      @JsonInclude(Include.ALWAYS) @Nullable Double makespan,
      @JsonInclude(Include.ALWAYS) @Nullable Double utilization,
      @JsonInclude(Include.ALWAYS) @Nullable Integer changeovers,
      @Nullable Integer lotsScheduled,
      @Nullable Double lowerBound,
      @Nullable Double gap,
      @JsonInclude(Include.ALWAYS) @Nullable Double executionTime,
      @Nullable String error,
      @Nullable String note)
      implements Row {
    static StrategyResult of(StrategyRun run) {
      var planned = run.planned();
      var strategy = run.strategy().label();
      if (planned == null) {
        return new StrategyResult(
            strategy,
            run.status(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            run.error(),
            run.note());
      }
      var headline = KpiFigures.Headline.of(planned.kpis());
      return new StrategyResult(
          strategy,
          run.status(),
          headline.makespan(),
          headline.utilization(),
          headline.changeovers(),
          headline.lotsScheduled(),
          headline.lowerBound(),
          headline.gap(),
          planned.stored().took().toMillis() / 1000.0,
          null,
          run.note());
    }
  }
}
