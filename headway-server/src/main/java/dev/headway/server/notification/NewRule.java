package dev.headway.server.notification;

import dev.headway.core.port.Announcements.Occasion;
import dev.headway.core.port.NotificationStore.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rule as it is asked for.
 *
 * @param callbackUrl the receiver's address
 * @param events what is told; null for everything
 * @param jobId the only job; null for all
 * @param tag the tag that a job must have; null for any
 * @param silentSeconds how long until a job has stalled; null for as long as its runs usually take
 */
public record NewRule(
    String callbackUrl,
    @Nullable List<String> events,
    @Nullable UUID jobId,
    @Nullable String tag,
    @Nullable Integer silentSeconds) {
  Rule rule(UUID id, long owner, Instant now) {
    return new Rule(
        id,
        owner,
        callbackUrl,
        occasions(),
        jobId,
        tag,
        silentSeconds == null ? null : Duration.ofSeconds(silentSeconds),
        now);
  }

  private Set<Occasion> occasions() {
    return events == null
        ? EnumSet.allOf(Occasion.class)
        : events.stream()
            .map(event -> Occasion.valueOf(event.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toSet());
  }
}
