package dev.headway.client.schedule;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of a schedule to be planned.
 *
 * @param name for people
 * @param strategy for example {@code smart-pack}; the server's default when null
 * @param config the rules that differ from their defaults
 * @param startTime now when null
 */
public record ScheduleRequest(
    @Nullable String name,
    @Nullable String strategy,
    Map<String, Object> config,
    @Nullable Instant startTime) {
  /** Everything at its default. */
  public static final ScheduleRequest DEFAULT = new ScheduleRequest(null, null, Map.of(), null);

  /** Takes a copy. */
  public ScheduleRequest {
    config = Map.copyOf(config);
  }

  /** Under this name. */
  public ScheduleRequest name(@Nullable String text) {
    return new ScheduleRequest(text, strategy, config, startTime);
  }

  /** With this strategy. */
  public ScheduleRequest strategy(@Nullable String text) {
    return new ScheduleRequest(name, text, config, startTime);
  }
}
