package dev.headway.client.work;

import org.jspecify.annotations.Nullable;

/** The work on a claimed job. */
@FunctionalInterface
public interface Work {
  /**
   * Does the job.
   *
   * @return the result, anything that JSON can write
   * @throws Exception fails the job with the exception's message; {@link
   *     java.util.concurrent.CancellationException} acknowledges a cancellation
   */
  @Nullable Object run(ClaimedJob job) throws Exception;
}
