package dev.headway.filling.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headway.core.account.Principal;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.Job;
import dev.headway.core.job.Json;
import dev.headway.core.job.Outcome;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.Progress;
import dev.headway.core.topic.Frame;
import dev.headway.filling.store.TaskKind;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.Connection.Close;
import dev.headway.server.socket.Verification.Reason;
import dev.headway.server.stream.FrameBudget;
import dev.headway.server.stream.JobJson;
import dev.headway.server.work.WorkProtocol;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The filling sockets: {@code progress}, {@code complete}, {@code error} and {@code ping} frames.
 * An error frame would tell clients that the work has failed, so bad messages have no answer.
 *
 * @param kind what is watched
 */
public record TaskDialect(TaskKind kind) implements WorkProtocol {
  /** A frame; result and error only where there is one. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record TaskFrame(
      String type,
      String step,
      int progress,
      String message,
      Instant timestamp,
      @Nullable Json result,
      @Nullable TaskError error) {
    TaskFrame with(TaskError why) {
      return new TaskFrame(type, step, progress, message, timestamp, result, why);
    }

    Frame encoded() {
      var bytes = JsonCodec.bytes(this);
      return Frame.text(bytes.length > FrameBudget.FRAME ? JsonCodec.bytes(shortened()) : bytes);
    }

    private TaskFrame shortened() {
      var shorter = error == null ? null : error.shortened();
      return new TaskFrame(
          type, step, progress, JobJson.shorter(message), timestamp, result, shorter);
    }
  }

  /** The reason of an end without success. */
  private record TaskError(String code, String details) {
    TaskError shortened() {
      return new TaskError(code, JobJson.shorter(details));
    }
  }

  @Override
  public Frame position(Job job, Instant at) {
    return switch (job.outcome()) {
      case Outcome.Completed(var result) -> {
        var message = TaskWords.done(kind, result);
        yield new TaskFrame("complete", "complete", 100, message, at, result, null).encoded();
      }
      case Outcome.Failed(var error) -> failed(job, error, at);
      case Outcome.Cancelled(var partial) -> {
        var text = TaskWords.cancelled(kind, partial != null);
        yield frame("error", job, text, at).with(new TaskError("CANCELLED", text)).encoded();
      }
      case null -> frame("progress", job, job.progress().message(), at).encoded();
    };
  }

  @Override
  public Frame heartbeat(Job job, Instant now) {
    return frame("ping", job, job.progress().message(), now).encoded();
  }

  private Frame failed(Job job, JobError error, Instant at) {
    var message = Progress.cut(TaskWords.failed(kind, error.message()));
    var details = Objects.requireNonNullElse(error.details(), error.message());
    var why = new TaskError(TaskWords.code(error.code()), details);
    return frame("error", job, message, at).with(why).encoded();
  }

  private static TaskFrame frame(String type, Job job, String message, Instant at) {
    var progress = job.progress();
    var step = TaskWords.step(progress);
    var percent = TaskWords.percent(progress);
    return new TaskFrame(type, step, percent, message, at, null, null);
  }

  @Override
  public Close ended(Job job) {
    return new Close(CloseCodes.NORMAL, "Ended");
  }

  @Override
  public Ending refused(Refusal why, Instant now) {
    var close =
        switch (why) {
          case Refusal.NotAuthenticated(var reason) when reason == Reason.NO_SUBJECT ->
              new Close(CloseCodes.POLICY, "Invalid token");
          case Refusal.NotAuthenticated _ -> new Close(CloseCodes.POLICY, "Authentication failed");
          case Refusal.NotFound(Principal.Anonymous _) ->
              new Close(CloseCodes.POLICY, "Authentication failed");
          case Refusal.NotFound _ -> new Close(CloseCodes.POLICY, "Unauthorized");
          case Refusal.Deleted() -> new Close(CloseCodes.NORMAL, "Deleted");
        };
    return new Ending(null, close);
  }

  @Override
  public @Nullable Frame rejected(ErrorCode code, String text, Instant now) {
    return null;
  }
}
