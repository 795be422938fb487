package dev.headway.server.stream;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.ALWAYS;
import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.ConcurrencyKey;
import dev.headway.core.job.Eta;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.Json;
import dev.headway.core.job.LogLine;
import dev.headway.core.job.Outcome;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.Plan.Step;
import dev.headway.core.job.Progress;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.TopicName;
import dev.headway.server.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A job and its events as JSON, in the words of each contract: {@link View} for REST, {@link Data}
 * for the native stream, {@link Channel} for the jobs channel. Immutable.
 */
public final class JobJson {
  private JobJson() {}

  /**
   * A job as REST shows it.
   *
   * @param stepWeights the steps' shares of the bar, relative to each other's; null without steps
   * @param cursor the cursor that the state stands for; null where the contract has none
   * @param watch the addresses to watch it at; null but in the answer to a submission
   */
  public record View(
      UUID id,
      String jobType,
      @Nullable String name,
      String status,
      int priority,
      @Nullable Double progress,
      @Nullable String stage,
      String message,
      Json payload,
      @Nullable Json resultPayload,
      @Nullable String errorMessage,
      @Nullable ErrorCode errorCode,
      int attempt,
      int maxAttempts,
      int maxLost,
      @Nullable TimeLeft eta,
      Instant createdAt,
      @Nullable Instant runAt,
      @Nullable Instant startedAt,
      Instant updatedAt,
      @Nullable Instant completedAt,
      @Nullable Instant stalledSince,
      @Nullable Long owner,
      String queue,
      @Nullable Integer queuePosition,
      @Nullable Instant expectedStart,
      @Nullable Key key,
      boolean external,
      List<String> steps,
      @Nullable List<Double> stepWeights,
      @Nullable Json metadata,
      boolean cancelRequested,
      @Nullable UUID retryOf,
      @Nullable UUID parentId,
      List<String> tags,
      @JsonInclude(NON_NULL) @Nullable String traceparent,
      @JsonInclude(NON_NULL) @Nullable String cursor,
      @JsonInclude(NON_NULL) @Nullable Watch watch) {

    /** A job without cursor. */
    public static View of(Job job) {
      return of(job, null, null);
    }

    /** A job with the cursor that its state stands for. */
    public static View of(Job job, @Nullable Cursor cursor, @Nullable Watch watch) {
      var spec = job.spec();
      var progress = job.progress();
      var times = job.times();
      var error = job.outcome() instanceof Outcome.Failed(var why) ? why : null;
      return new View(
          job.id(),
          spec.type(),
          spec.name(),
          job.status().wireName(),
          spec.priority(),
          progress.percent(),
          progress.step(),
          progress.message(),
          spec.payload(),
          result(job),
          error == null ? null : error.message(),
          error == null ? null : error.code(),
          job.attempt(),
          spec.maxAttempts(),
          spec.attempts().lost(),
          TimeLeft.of(progress.eta()),
          times.created(),
          times.ready(),
          times.started(),
          times.updated(),
          times.completed(),
          times.stalledSince(),
          spec.owner(),
          spec.queue(),
          job.place() == null ? null : job.place().position(),
          job.place() == null ? null : job.place().expectedStart(),
          Key.of(spec.key()),
          spec.external(),
          Step.names(job.steps()),
          weights(job),
          progress.metadata(),
          job.cancelRequested(),
          spec.retryOf(),
          spec.family() == null ? null : spec.family().parent(),
          spec.tags(),
          spec.traceparent(),
          cursor == null ? null : cursor.toString(),
          watch);
    }

    private static @Nullable List<Double> weights(Job job) {
      return job.steps().isEmpty() ? null : job.steps().stream().map(Step::weight).toList();
    }
  }

  /** A key under which only so many jobs run at once. */
  public record Key(String name, int limit) {
    static @Nullable Key of(@Nullable ConcurrencyKey key) {
      return key == null ? null : new Key(key.name(), key.limit());
    }
  }

  /**
   * The addresses to watch a job at.
   *
   * @param websocket on the jobs channel
   * @param stream the topic on the native stream
   * @param events as Server-Sent Events, as lines, or by long poll
   */
  public record Watch(String websocket, String stream, String events) {
    /** The addresses of a job on the server at {@code baseUrl}. */
    public static Watch of(UUID job, String baseUrl) {
      return new Watch(
          baseUrl.replaceFirst("^http", "ws") + "/progress/ws/" + job,
          "job:" + job,
          baseUrl + "/api/v1/jobs/" + job + "/events");
    }
  }

  /** The time left with its interval, in seconds rounded to tenths. */
  public record TimeLeft(double seconds, double low, double high) {
    /** An estimate as JSON; null when unknown. */
    static @Nullable TimeLeft of(@Nullable Eta eta) {
      return eta == null
          ? null
          : new TimeLeft(tenths(eta.seconds()), tenths(eta.low()), tenths(eta.high()));
    }

    private static double tenths(double seconds) {
      return Math.round(seconds * 10) / 10.0;
    }
  }

  /** An error. */
  @JsonInclude(NON_NULL)
  public record Failure(ErrorCode code, String message, @Nullable String details) {
    static Failure of(JobError error) {
      return new Failure(error.code(), error.message(), error.details());
    }

    Failure shortened() {
      return new Failure(code, shorter(message), details == null ? null : shorter(details));
    }
  }

  /**
   * The end of a job: the result, or where it can be had when it is too large for a frame, or the
   * error; empty before the end.
   */
  @JsonInclude(NON_NULL)
  public record Ending(
      @Nullable Json result,
      @Nullable String resultUrl,
      @Nullable Boolean partial,
      @Nullable Failure error) {
    private static final Ending NONE = new Ending(null, null, null, null);

    static Ending of(Job job) {
      return switch (job.outcome()) {
        case Outcome.Completed(var result) -> of(job, result, null);
        case Outcome.Failed(var error) -> new Ending(null, null, null, Failure.of(error));
        case Outcome.Cancelled(var partial) when partial != null -> of(job, partial, true);
        case Outcome.Cancelled _ -> NONE;
        case null -> NONE;
      };
    }

    /** An attempt's error; its details are left to the native stream. */
    static Ending of(JobError error) {
      return new Ending(null, null, null, new Failure(error.code(), error.message(), null));
    }

    private static Ending of(Job job, Json result, @Nullable Boolean partial) {
      return result.text().getBytes(StandardCharsets.UTF_8).length <= FrameBudget.RESULT
          ? new Ending(result, null, partial, null)
          : new Ending(null, "/api/v1/jobs/" + job.id(), partial, null);
    }

    Ending withoutResult() {
      return new Ending(null, resultUrl, partial, error);
    }

    Ending shortened() {
      return error == null ? this : new Ending(result, resultUrl, partial, error.shortened());
    }
  }

  /** An event on the native stream. */
  @JsonInclude(NON_NULL)
  record EventFrame(
      String topic, String cursor, String type, Instant at, @Nullable Long conflated, Data data) {

    /** The frame as bytes, with less in it where all of it is over the budget. */
    byte[] bytes() {
      var whole = JsonCodec.bytes(this);
      return whole.length <= FrameBudget.FRAME
          ? whole
          : JsonCodec.bytes(new EventFrame(topic, cursor, type, at, conflated, data.shortened()));
    }
  }

  /** The data of an event on the native stream. */
  sealed interface Data {
    /** The same within what is left to each text in a frame that is too large. */
    Data shortened();

    /** The data of an event; a feed's events name the job's topic. */
    static Data of(JobEvent event, @Nullable TopicName topic) {
      var name = topic == null ? null : topic.toString();
      return switch (event) {
        case JobEvent.Logged(_, var line) -> Line.of(line, name);
        case JobEvent.AttemptFailed(var job, var attempt, var error) ->
            new FailedAttempt(
                name, attempt, Failure.of(error), job.attempt(), job.spec().maxAttempts(), null);
        case JobEvent.Queued(var job) -> Position.of(job, name);
        case JobEvent.Started(var job) -> Position.of(job, name);
        case JobEvent.StepsDeclared(var job) -> Declared.of(job, name);
        case JobEvent.Progressed(var job) -> Position.of(job, name);
        case JobEvent.Stalled(var job) -> Position.of(job, name);
        case JobEvent.CancelRequested(var job) -> Position.of(job, name);
        case JobEvent.CancelTooLate(var job) -> Position.of(job, name);
        case JobEvent.Deleted(var job) -> Position.of(job, name).inFeed();
        case JobEvent.Completed(var job) -> Position.of(job, name);
        case JobEvent.Failed(var job) -> Position.of(job, name);
        case JobEvent.Cancelled(var job) -> Position.of(job, name);
      };
    }
  }

  /** A line of a job's log. */
  @JsonInclude(NON_NULL)
  record Line(@Nullable String topic, long number, Instant at, String stream, String text)
      implements Data {
    static Line of(LogLine line, @Nullable String topic) {
      return new Line(topic, line.number(), line.at(), line.stream(), line.text());
    }

    @Override
    public Data shortened() {
      return new Line(topic, number, at, stream, shorter(text));
    }
  }

  /** An attempt that failed, with the number of the one that follows. */
  @JsonInclude(NON_NULL)
  record FailedAttempt(
      @Nullable String topic,
      int attempt,
      Failure error,
      int nextAttempt,
      int maxAttempts,
      @Nullable Boolean truncated)
      implements Data {
    @Override
    public Data shortened() {
      return new FailedAttempt(topic, attempt, error.shortened(), nextAttempt, maxAttempts, true);
    }
  }

  /** The progress of a job whose steps have just been declared. */
  record Declared(@JsonUnwrapped Position position, List<String> steps) implements Data {
    static Declared of(Job job, @Nullable String topic) {
      return new Declared(Position.of(job, topic), Step.names(job.steps()));
    }

    @Override
    public Data shortened() {
      return new Declared(position.shortened(), List.of());
    }
  }

  /** The progress of a job, and its end. */
  @JsonInclude(NON_NULL)
  record Position(
      @Nullable String topic,
      String jobType,
      @Nullable String name,
      String status,
      int attempt,
      @Nullable Double percent,
      @Nullable String step,
      String message,
      @Nullable Long done,
      @Nullable Long total,
      @Nullable TimeLeft eta,
      @Nullable Json metadata,
      @Nullable Instant stalledSince,
      @JsonUnwrapped Ending ending,
      @Nullable Boolean truncated)
      implements Data {
    static Position of(Job job, @Nullable String topic) {
      var progress = job.progress();
      return new Position(
          topic,
          job.spec().type(),
          job.spec().name(),
          job.status().wireName(),
          job.attempt(),
          progress.percent(),
          progress.step(),
          progress.message(),
          progress.done(),
          progress.total(),
          TimeLeft.of(progress.eta()),
          progress.metadata(),
          job.times().stalledSince(),
          Ending.of(job),
          null);
    }

    @Override
    public Position shortened() {
      return with(ending.shortened(), true);
    }

    Position inFeed() {
      return with(ending.withoutResult(), null);
    }

    private Position with(Ending how, @Nullable Boolean cut) {
      return new Position(
          topic,
          jobType,
          name,
          status,
          attempt,
          percent,
          step,
          shorter(message),
          done,
          total,
          eta,
          null,
          stalledSince,
          how,
          cut);
    }
  }

  /**
   * A job's snapshot on the native stream: enough to draw its page.
   *
   * @param more further identifiers, for example {@code schedule_id}, and null for each of the
   *     percentage, the present step and the time left that is unknown: a snapshot always names
   *     them
   */
  record Snapshot(
      UUID jobId,
      @JsonUnwrapped Position position,
      List<String> steps,
      @Nullable Long owner,
      Instant createdAt,
      @Nullable Instant startedAt,
      @Nullable Instant completedAt,
      boolean cancelRequested,
      @JsonAnyGetter Map<String, @Nullable Object> more) {

    static Snapshot of(Job job, Map<String, Object> ids) {
      return of(job, Position.of(job, null), ids);
    }

    /** A job in a feed's snapshot: its result and metadata are left to its own topic. */
    static Snapshot inFeed(Job job) {
      var position = Position.of(job, TopicName.ofJob(job.id()).toString());
      return of(job, position.inFeed(), Map.of());
    }

    private static Snapshot of(Job job, Position position, Map<String, Object> ids) {
      var times = job.times();
      return new Snapshot(
          job.id(),
          position,
          Step.names(job.steps()),
          job.spec().owner(),
          times.created(),
          times.started(),
          times.completed(),
          job.cancelRequested(),
          withQueue(job, withUnknown(position, ids)));
    }

    private static Map<String, @Nullable Object> withQueue(
        Job job, Map<String, @Nullable Object> more) {
      if (job.times().ready() != null) {
        more.put("run_at", job.times().ready());
      }
      var place = job.place();
      if (place != null && place.position() != null) {
        more.put("queue_position", place.position());
      }
      if (place != null && place.expectedStart() != null) {
        more.put("expected_start", place.expectedStart());
      }
      return more;
    }

    private static Map<String, @Nullable Object> withUnknown(
        Position position, Map<String, Object> ids) {
      var more = new LinkedHashMap<String, @Nullable Object>(ids);
      if (position.percent == null) {
        more.put("percent", null);
      }
      if (position.step == null) {
        more.put("step", null);
      }
      if (position.eta == null) {
        more.put("eta", null);
      }
      return more;
    }

    /** The snapshot as bytes that leave a frame room for what is around them. */
    byte[] bytes() {
      var whole = JsonCodec.bytes(this);
      if (whole.length <= FrameBudget.SNAPSHOT) {
        return whole;
      }
      var shortened = JsonCodec.bytes(with(position.shortened(), steps));
      return shortened.length <= FrameBudget.SNAPSHOT
          ? shortened
          : JsonCodec.bytes(with(position.shortened(), List.of()));
    }

    private Snapshot with(Position shown, List<String> names) {
      return new Snapshot(
          jobId, shown, names, owner, createdAt, startedAt, completedAt, cancelRequested, more);
    }
  }

  /** A frame of the jobs channel: the whole job, because its clients know no other. */
  public record Channel(
      String type,
      UUID jobId,
      String status,
      @Nullable Double progress,
      String message,
      Instant timestamp,
      Object metadata) {

    /**
     * The frame as bytes, with less in it where all of it is over the budget.
     *
     * @param what led to the frame; null for the present state
     */
    public static byte[] bytes(Job job, Instant at, @Nullable JobEvent what) {
      var metadata = ChannelMetadata.of(job, what);
      var whole = JsonCodec.bytes(of(job, at, metadata.with(job.progress().metadata())));
      if (whole.length <= FrameBudget.FRAME) {
        return whole;
      }
      var frame = of(job, at, metadata.shortened());
      return JsonCodec.bytes(frame.withMessage(shorter(frame.message)));
    }

    private static Channel of(Job job, Instant at, Object metadata) {
      var message =
          job.outcome() instanceof Outcome.Failed(var error)
              ? error.message()
              : job.progress().message();
      return new Channel(
          "progress",
          job.id(),
          job.status().wireName(),
          job.progress().percent(),
          message,
          at,
          metadata);
    }

    private Channel withMessage(String text) {
      return new Channel(type, jobId, status, progress, text, timestamp, metadata);
    }
  }

  /** The metadata of a frame of the jobs channel, beside the work's own. */
  @JsonInclude(NON_NULL)
  private record ChannelMetadata(
      @JsonInclude(ALWAYS) @Nullable String stage,
      int attempt,
      @Nullable Long done,
      @Nullable Long total,
      @Nullable TimeLeft eta,
      @Nullable Instant stalledSince,
      @Nullable Boolean cancelRequested,
      @JsonUnwrapped Ending ending,
      @Nullable String event,
      @Nullable Integer failedAttempt,
      @Nullable Boolean truncated) {

    static ChannelMetadata of(Job job, @Nullable JobEvent what) {
      var failed = what instanceof JobEvent.AttemptFailed failure ? failure : null;
      var progress = job.progress();
      return new ChannelMetadata(
          progress.step(),
          job.attempt(),
          progress.total() == null ? null : progress.done(),
          progress.total(),
          TimeLeft.of(progress.eta()),
          job.times().stalledSince(),
          job.cancelRequested() ? true : null,
          failed == null ? Ending.of(job) : Ending.of(failed.error()),
          failed == null && what != null ? what.type() : null,
          failed == null ? null : failed.attempt(),
          null);
    }

    /** Together with the work's own metadata, of which the server's names are left out. */
    Object with(@Nullable Json own) {
      if (own == null || !(JsonCodec.tree(own) instanceof ObjectNode all)) {
        return this;
      }
      return all.setAll(JsonCodec.mapper().<ObjectNode>valueToTree(this));
    }

    ChannelMetadata shortened() {
      return new ChannelMetadata(
          stage,
          attempt,
          done,
          total,
          eta,
          stalledSince,
          cancelRequested,
          ending.shortened(),
          event,
          failedAttempt,
          true);
    }
  }

  /** The status of a job in the contracts' word. */
  public static String status(Job job) {
    return job.status().wireName();
  }

  private static @Nullable Json result(Job job) {
    return switch (job.outcome()) {
      case Outcome.Completed(var result) -> result;
      case Outcome.Cancelled(var partial) -> partial;
      case Outcome.Failed _ -> null;
      case null -> null;
    };
  }

  /** Cuts a text at what is left to it in a frame that is too large. */
  public static String shorter(String text) {
    return Progress.cut(text, FrameBudget.SHORT_MESSAGE);
  }
}
