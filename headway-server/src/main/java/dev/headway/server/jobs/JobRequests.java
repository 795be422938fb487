package dev.headway.server.jobs;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.headway.core.account.Access;
import dev.headway.core.account.Principal;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Attempts;
import dev.headway.core.job.Command;
import dev.headway.core.job.ConcurrencyKey;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Json;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.Plan;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.job.RetryPause;
import dev.headway.core.port.JobStore.Waiting;
import dev.headway.server.http.contract.Excerpt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The bodies of requests about jobs, as the OpenAPI document has checked them; null for what was
 * not given.
 */
final class JobRequests {
  private JobRequests() {}

  /** A job to be done. */
  record Submission(
      @Nullable String jobType,
      @Nullable Json payload,
      @Nullable Integer priority,
      @Nullable Double timeoutSeconds,
      @Nullable Integer maxAttempts,
      @Nullable Integer maxLost,
      @Nullable Retry retry,
      @Nullable String queue,
      @Nullable String idempotencyKey,
      @Nullable Boolean external,
      @Nullable Boolean start,
      @Nullable Double leaseSeconds,
      @Nullable Instant runAt,
      @Nullable Key key,
      @Nullable UUID parentId,
      @Nullable Double weight,
      @Nullable String onParentEnd,
      @Nullable String callbackUrl,
      @Nullable String name,
      @Nullable List<String> tags,
      @Nullable List<Step> steps) {

    boolean isExternal() {
      return Boolean.TRUE.equals(external) || isStarted();
    }

    /** Whether the submitter does the job, from the beginning. */
    boolean isStarted() {
      return Boolean.TRUE.equals(start);
    }

    Duration lease() {
      return leaseLength(leaseSeconds);
    }

    /**
     * The job's specification, without its idempotency key.
     *
     * @param preset what the request says nothing of
     */
    JobSpec spec(@Nullable Long owner, Attempts preset) {
      var input = payload == null ? Json.EMPTY_OBJECT : payload;
      return JobSpec.of(Objects.requireNonNull(jobType), input, owner)
          .with(draft ->
              draft
                  .queue(isExternal() && queue != null ? queue : JobSpec.DEFAULT_QUEUE)
                  .priority(Objects.requireNonNullElse(priority, 0))
                  .attempts(attempts(preset))
                  .timeout(timeoutSeconds == null ? null : seconds(timeoutSeconds))
                  .external(isExternal())
                  .family(family())
                  .callbackUrl(callbackUrl)
                  .name(name)
                  .key(key == null ? null : key.key())
                  .tags(tags == null ? List.of() : tags));
    }

    private Attempts attempts(Attempts preset) {
      return new Attempts(
          Objects.requireNonNullElse(maxAttempts, preset.most()),
          Objects.requireNonNullElse(maxLost, preset.lost()),
          retry == null ? preset.pause() : retry.pause());
    }

    private JobSpec.@Nullable Family family() {
      return parentId == null
          ? null
          : new JobSpec.Family(parentId, Objects.requireNonNullElse(weight, 1.0), policy());
    }

    private JobSpec.ParentEnd policy() {
      return onParentEnd == null
          ? JobSpec.ParentEnd.CANCEL
          : JobSpec.ParentEnd.valueOf(onParentEnd.toUpperCase(Locale.ROOT));
    }
  }

  /** A step as its name, or as its name with its share of the bar. */
  record Step(String name, @Nullable Double weight) {
    /** A step with its weight. */
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    Step {}

    /** A step whose share is as large as the others'. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Step of(String name) {
      return new Step(name, null);
    }

    /** The defects of declared steps; empty when they have none. */
    static List<Defect> defects(List<Step> declared) {
      for (var step : declared) {
        if (step == null || step.name() == null) {
          return List.of(Defect.ofField("steps", "A step must be a name, or have one"));
        }
        if (step.weight() != null && !(step.weight() > 0)) {
          return List.of(
              Defect.ofField(
                  "steps",
                  "The weight (%s) of step %s must be above 0"
                      .formatted(step.weight(), Excerpt.text(step.name()))));
        }
      }
      return Plan.defects(plan(declared));
    }

    /** The steps of a job, which have no defects but those that a plan knows. */
    static List<Plan.Step> plan(List<Step> declared) {
      return declared.stream()
          .map(step -> new Plan.Step(step.name(), Objects.requireNonNullElse(step.weight(), 1.0)))
          .toList();
    }
  }

  /** A key under which only so many jobs run at once. */
  record Key(String name, int limit) {
    ConcurrencyKey key() {
      return new ConcurrencyKey(name, limit);
    }
  }

  /** The pauses between attempts. */
  record Retry(
      @Nullable Double firstSeconds, @Nullable Double factor, @Nullable Double maxSeconds) {
    RetryPause pause() {
      var preset = RetryPause.DEFAULT;
      return new RetryPause(
          firstSeconds == null ? preset.first() : seconds(firstSeconds),
          Objects.requireNonNullElse(factor, preset.factor()),
          maxSeconds == null ? preset.longest() : seconds(maxSeconds));
    }
  }

  /** A worker's request for a job. */
  record Claim(
      @Nullable String queue,
      @Nullable List<String> jobTypes,
      String workerId,
      @Nullable Double leaseSeconds,
      @Nullable Double waitSeconds) {

    String queueName() {
      return queue == null ? JobSpec.DEFAULT_QUEUE : queue;
    }

    Duration lease() {
      return leaseLength(leaseSeconds);
    }

    Duration patience() {
      return seconds(Objects.requireNonNullElse(waitSeconds, 0.0));
    }

    /**
     * The jobs that it asks for.
     *
     * @throws HeadwayException AUTHORIZATION_ERROR when {@code who} may not claim them
     */
    Waiting waiting(Access access, Principal who) {
      if (!access.mayClaim(who, queueName())) {
        throw new HeadwayException(
            ErrorCode.AUTHORIZATION_ERROR,
            "Jobs of the queue %s may not be claimed with these credentials"
                .formatted(queueName()));
      }
      var types = jobTypes == null ? Set.<String>of() : Set.copyOf(jobTypes);
      return new Waiting(queueName(), types, true, access.claimable(who));
    }
  }

  /** A worker's word on a job that it holds. */
  sealed interface OfWorker {
    /** The lease under which it holds the job; null for a line of somebody else. */
    @Nullable String lease();
  }

  /**
   * A worker's report.
   *
   * @param checkpoint what the next attempt would go on from
   * @param steps the job's steps, which it declares
   */
  record Report(
      String lease,
      @Nullable Double progress,
      @Nullable Long done,
      @Nullable Long total,
      @Nullable String stage,
      @Nullable String message,
      @Nullable Json metadata,
      @Nullable Json checkpoint,
      @Nullable List<Step> steps)
      implements OfWorker {
    @Nullable Json state() {
      return checkpoint == null || checkpoint.isNull() ? null : checkpoint;
    }

    ProgressReport report() {
      return new ProgressReport(progress, done, total, stage, message, metadata);
    }
  }

  /** The end of a job with a result. */
  record Completion(String lease, @Nullable Json result) implements OfWorker {
    Command command() {
      return new Command.Complete(lease, result == null ? new Json("null") : result);
    }
  }

  /** The end of an attempt with an error. */
  record Failure(String lease, String error, @Nullable String details, @Nullable Boolean retryable)
      implements OfWorker {
    Command command() {
      var reason = new JobError(ErrorCode.EXECUTION_ERROR, error, details);
      return new Command.Fail(lease, reason, Boolean.TRUE.equals(retryable));
    }
  }

  /** The end of work that was asked to stop. */
  record Cancelled(String lease, @Nullable Json partial) implements OfWorker {
    Command command() {
      return new Command.AcknowledgeCancel(
          lease, partial == null || partial.isNull() ? null : partial);
    }
  }

  /** Items about any jobs, each as {@link WorkerReports} reads it. */
  record Batch(List<JsonNode> reports) {}

  /** Lines for a job's log; without a lease, from a client that may steer the job. */
  record LogAppend(@Nullable String lease, List<LogLine> lines) implements OfWorker {}

  /** A line as a text, or as a text with its stream. */
  record LogLine(String text, @Nullable String stream) {
    /** A line with its stream. */
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    LogLine {}

    /** A plain text. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static LogLine of(String text) {
      return new LogLine(text, null);
    }

    String streamName() {
      return stream == null ? "log" : stream;
    }
  }

  private static Duration leaseLength(@Nullable Double seconds) {
    return seconds(Objects.requireNonNullElse(seconds, 300.0));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }
}
