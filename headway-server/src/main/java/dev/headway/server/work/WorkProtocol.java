package dev.headway.server.work;

import dev.headway.core.account.Principal;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import dev.headway.server.socket.Connection.Close;
import dev.headway.server.socket.Verification;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames and close codes of one contract: each frame shows the whole position of a job.
 * Implementations are immutable records.
 */
public interface WorkProtocol extends Dialect {
  /** The reason why a client is sent away. */
  sealed interface Refusal {
    /** Credentials do not hold; the reason is null when there were none. */
    record NotAuthenticated(Verification.@Nullable Reason reason) implements Refusal {}

    /** There is no such resource, as far as this client may know. */
    record NotFound(Principal who) implements Refusal {}

    /** The resource was deleted while it was being watched. */
    record Deleted() implements Refusal {}
  }

  /**
   * The end of a connection.
   *
   * @param last the frame that goes before; null for none
   */
  record Ending(@Nullable Frame last, Close close) {}

  /** A job's position, or how it ended, at a moment. */
  Frame position(Job job, Instant at);

  /** The frame that shows that the connection is alive while a job goes on. */
  Frame heartbeat(Job job, Instant now);

  /** The close code after a job's last frame. */
  Close ended(Job job);

  /** The end of the connection of a client that is sent away. */
  Ending refused(Refusal why, Instant now);

  /**
   * The answer to a message that cannot be followed.
   *
   * @return null where the contract has none: such messages are counted
   */
  @Nullable Frame rejected(ErrorCode code, String text, Instant now);

  @Override
  default @Nullable Frame event(Event event) {
    return switch (event.body()) {
      case JobEvent.Queued(var job) -> position(job, event.at());
      case JobEvent.Progressed(var job) -> position(job, event.at());
      case JobEvent.AttemptFailed(var job, _, _) -> position(job, event.at());
      case JobEvent.Completed(var job) -> position(job, event.at());
      case JobEvent.Failed(var job) -> position(job, event.at());
      case JobEvent.Cancelled(var job) -> position(job, event.at());
      default -> null; // neither the position nor the end changes
    };
  }

  @Override
  default List<Frame> state(Snapshot snapshot) {
    return snapshot.state() instanceof Job job
        ? List.of(position(job, job.times().updated()))
        : List.of();
  }
}
