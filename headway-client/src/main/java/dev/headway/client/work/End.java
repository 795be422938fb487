package dev.headway.client.work;

import org.jspecify.annotations.Nullable;

/** The end of an attempt. */
public sealed interface End {
  /**
   * Completed with a result.
   *
   * @param result anything that JSON can write
   */
  record Completed(@Nullable Object result) implements End {}

  /**
   * Failed with an error.
   *
   * @param error for a person
   * @param details for the log; may be empty
   * @param retryable whether another attempt may help
   */
  record Failed(String error, String details, boolean retryable) implements End {}

  /**
   * Cancelled.
   *
   * @param partial what there was by then
   */
  record Cancelled(@Nullable Object partial) implements End {}
}
