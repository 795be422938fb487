package dev.headway.client.schedule;

import dev.headway.client.job.JobStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A schedule as REST shows it. The figures are null until it has completed.
 *
 * @param makespan hours from the first activity's start to the last one's end
 * @param utilization filling time as a fraction of the makespan of all lines
 * @param changeovers how many there are
 * @param lowerBound hours; no schedule can be shorter
 * @param gap how far the makespan is above the bound, as a fraction
 * @param kpisJson further figures
 * @param activitiesJson every clean, changeover and fill
 */
public record Schedule(
    long id,
    @Nullable String name,
    @Nullable String strategy,
    JobStatus status,
    @Nullable Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    @Nullable String errorMessage,
    @Nullable UUID jobId,
    @Nullable Double makespan,
    @Nullable Double utilization,
    @Nullable Double utilizationPercent,
    @Nullable Integer changeovers,
    @Nullable Integer lotsScheduled,
    @Nullable Double lowerBound,
    @Nullable Double gap,
    @Nullable JsonNode kpisJson,
    @Nullable JsonNode activitiesJson) {

  /** The name of its topic, for watching. */
  public String topic() {
    return "schedule:" + id;
  }
}
