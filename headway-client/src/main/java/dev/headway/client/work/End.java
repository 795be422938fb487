package dev.headway.client.work;

import org.jspecify.annotations.Nullable;

/** How an attempt ended. */
public sealed interface End {
  /**
   * With a result.
   *
   * @param result anything that JSON can write
   */
  record Completed(@Nullable Object result) implements End {}

  /**
   * Without one.
   *
   * @param error for a person
   * @param details for the log; may be empty
   * @param retryable whether another attempt may help
   */
  record Failed(String error, String details, boolean retryable) implements End {}

  /**
   * Stopped on request.
   *
   * @param partial what there was by then
   */
  record Cancelled(@Nullable Object partial) implements End {}
}
