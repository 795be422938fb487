package dev.headway.filling.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headway.core.job.Job;
import dev.headway.core.job.Json;
import dev.headway.filling.store.Task;
import dev.headway.filling.store.TaskKind;
import dev.headway.filling.store.TaskState;
import dev.headway.filling.work.ComparisonResult;
import dev.headway.filling.work.ScheduleResult;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.work.WatchLinks;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as lists show it: its state, and its headline once it has one.
 *
 * @param scheduleId the number again for a schedule
 * @param comparisonId the number again for a comparison
 * @param strategy a schedule's
 * @param strategies a comparison's
 * @param headline the result in short; null before there is one
 */
@JsonInclude(Include.NON_NULL)
record TaskView(
    long id,
    @Nullable Long scheduleId,
    @Nullable Long comparisonId,
    String name,
    @Nullable String strategy,
    @Nullable List<String> strategies,
    String status,
    Instant createdAt,
    @JsonInclude(Include.ALWAYS) @Nullable Instant startedAt,
    @JsonInclude(Include.ALWAYS) @Nullable Instant completedAt,
    @JsonInclude(Include.ALWAYS) @Nullable String errorMessage,
    UUID jobId,
    @JsonUnwrapped @Nullable ResultSummary headline) {
  /** A result in short. */
  private sealed interface ResultSummary {}

  /** A schedule's result in short. */
  @JsonInclude(Include.NON_NULL)
  private record ScheduleHeadline(
      double makespan,
      double utilization,
      int changeovers,
      int lotsScheduled,
      double lowerBound,
      double gap,
      boolean optimal,
      double utilizationPercent,
      @Nullable Boolean partial,
      @Nullable String note)
      implements ResultSummary {
    private static ScheduleHeadline of(ScheduleResult result) {
      return new ScheduleHeadline(
          result.makespan(),
          result.utilization(),
          result.changeovers(),
          result.lotsScheduled(),
          result.lowerBound(),
          result.gap(),
          result.kpis().optimal(),
          result.kpis().utilizationPercent(),
          result.partial(),
          result.note());
    }
  }

  /** A comparison's result in short. */
  @JsonInclude(Include.NON_NULL)
  private record ComparisonHeadline(
      String bestStrategy, double bestMakespan, String recommendation, @Nullable Boolean partial)
      implements ResultSummary {
    private static ComparisonHeadline of(ComparisonResult result) {
      return new ComparisonHeadline(
          result.bestStrategy(), result.bestMakespan(), result.recommendation(), result.partial());
    }
  }

  /** A task with the cursor and the addresses from which it can be watched. */
  record Watchable(@JsonUnwrapped TaskView task, String cursor, WatchLinks watch) {}

  /**
   * A task at a place in its log, with all that is known of it.
   *
   * @param step null once it has ended
   */
  record Whole(
      @JsonUnwrapped Watchable task,
      int progress,
      @Nullable String step,
      String message,
      @JsonUnwrapped TaskResults.Details details) {
    static Whole of(Watchable task, Job job, TaskResults.Details details) {
      var progress = job.progress();
      return new Whole(
          task,
          TaskWords.percent(progress),
          job.ended() ? null : TaskWords.step(progress),
          progress.message(),
          details);
    }
  }

  static TaskView of(TaskState state) {
    var task = state.task();
    var schedule = task.kind() == TaskKind.SCHEDULE;
    var result = state.result();
    return new TaskView(
        task.id(),
        schedule ? task.id() : null,
        schedule ? null : task.id(),
        task.name(),
        schedule ? task.strategies().getFirst() : null,
        schedule ? null : task.strategies(),
        TaskWords.status(state.status()),
        state.created(),
        state.started(),
        state.completed(),
        state.errorMessage(),
        task.job(),
        result == null ? null : headline(task.kind(), result));
  }

  private static ResultSummary headline(TaskKind kind, Json result) {
    return switch (kind) {
      case SCHEDULE -> ScheduleHeadline.of(JsonCodec.read(result, ScheduleResult.class));
      case COMPARISON -> ComparisonHeadline.of(JsonCodec.read(result, ComparisonResult.class));
    };
  }

  static TaskView of(Task task, Job job) {
    return of(TaskState.of(task, job));
  }
}
