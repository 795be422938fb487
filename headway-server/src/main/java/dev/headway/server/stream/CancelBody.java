package dev.headway.server.stream;

import dev.headway.core.job.Command;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that work stop, as all contracts have it.
 *
 * @param keepPartial whether what has been found so far becomes the result; null for no
 */
public record CancelBody(@Nullable Boolean keepPartial) {
  /** The request without a body. */
  public static final CancelBody PLAIN = new CancelBody(null);

  /** The command to the job. */
  public Command.RequestCancel command() {
    return new Command.RequestCancel(Boolean.TRUE.equals(keepPartial));
  }
}
