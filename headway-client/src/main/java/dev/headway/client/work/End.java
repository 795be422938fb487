package dev.headway.client.work;

import dev.headway.client.http.Json;
import org.jspecify.annotations.Nullable;

/** The end of an attempt. */
public sealed interface End {
  /**
   * Completed with a result.
   *
   * @param result anything that JSON can hold
   */
  record Completed(@Nullable Object result) implements End {
    /**
     * Takes a copy, as a tree.
     *
     * @throws IllegalArgumentException when JSON cannot hold it
     */
    public Completed {
      result = Json.sendable("The result", result);
    }
  }

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
  record Cancelled(@Nullable Object partial) implements End {
    /** Takes a copy, as a tree. */
    public Cancelled {
      partial = Json.sendable("The partial result", partial);
    }
  }
}
