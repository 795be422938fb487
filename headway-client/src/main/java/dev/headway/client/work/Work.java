package dev.headway.client.work;

import org.jspecify.annotations.Nullable;

/** The work on a claimed job. */
@FunctionalInterface
public interface Work {
  /**
   * Does the job.
   *
   * @return the result, anything that JSON can hold
   * @throws Exception fails the attempt with the exception's message, so that another one may
   *     follow while attempts are left; {@link PermanentFailureException} fails the job for good,
   *     and {@link java.util.concurrent.CancellationException} acknowledges a cancellation
   */
  @Nullable Object run(ClaimedJob job) throws Exception;
}
