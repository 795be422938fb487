package dev.headway.primes;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.Job;
import dev.headway.core.job.Outcome;
import dev.headway.core.topic.Frame;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.Connection.Close;
import dev.headway.server.work.WorkProtocol;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The socket's frames: how many numbers are searched, then how many primes there are. */
public record PrimesDialect() implements WorkProtocol {
  /** A frame; the result is null until there is one. */
  private record CountFrame(String type, @Nullable Double percent, @Nullable Object result) {}

  /** A reason, when there is no count. */
  private record ErrorFrame(String type, String message) {}

  @Override
  public Frame position(Job job, Instant at) {
    return switch (job.outcome()) {
      case null -> frame(new CountFrame("searching", job.progress().percent(), null));
      case Outcome.Completed(var result) -> frame(new CountFrame("counted", 100.0, result));
      case Outcome.Failed(var error) -> error(error.message());
      case Outcome.Cancelled _ -> error("Cancelled");
    };
  }

  private static Frame frame(Record frame) {
    return Frame.text(JsonCodec.bytes(frame));
  }

  private static Frame error(String message) {
    return frame(new ErrorFrame("error", message));
  }

  @Override
  public Frame heartbeat(Job job, Instant now) {
    return position(job, now);
  }

  @Override
  public Close ended(Job job) {
    return new Close(CloseCodes.NORMAL, "Ended");
  }

  @Override
  public Ending refused(Refusal why, Instant now) {
    return new Ending(error("Not found"), new Close(CloseCodes.POLICY, "Not found"));
  }

  @Override
  public Frame rejected(ErrorCode code, String text, Instant now) {
    return error(text);
  }
}
