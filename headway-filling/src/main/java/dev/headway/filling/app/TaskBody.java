package dev.headway.filling.app;

import dev.headway.core.job.Json;
import dev.headway.filling.strategy.Strategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request for a schedule or a comparison, JSON or a form; null for what was not
 * given.
 *
 * @param strategy a schedule's
 * @param strategies a comparison's
 * @param config the settings as they were sent
 * @param lotsData the lots as they were sent; null when they come as a file
 */
record TaskBody(
    @Nullable String name,
    @Nullable String strategy,
    @Nullable List<String> strategies,
    @Nullable Json config,
    @Nullable String startTime,
    @Nullable Json lotsData,
    @Nullable Boolean deferValidation) {
  String strategyName() {
    return strategy == null || strategy.isBlank() ? Strategy.DEFAULT.label() : strategy;
  }

  List<String> strategyNames() {
    return strategies == null ? List.of() : strategies;
  }

  /** The start time that came beside the settings; empty for none. */
  String start() {
    return startTime == null ? "" : startTime.strip();
  }

  boolean deferred() {
    return Boolean.TRUE.equals(deferValidation);
  }
}
