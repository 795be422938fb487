package dev.headway.client.work;

import dev.headway.client.http.Json;
import dev.headway.client.job.JobStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The end of an attempt. */
public sealed interface End {
  /** The job's status after it. */
  JobStatus status();

  /** The last part of the path of the call that says it. */
  String call();

  /** The body of that call, apart from the lease. */
  ObjectNode body();

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

    @Override
    public JobStatus status() {
      return JobStatus.COMPLETED;
    }

    @Override
    public String call() {
      return "complete";
    }

    @Override
    public ObjectNode body() {
      return Json.object().set("result", Json.tree(result));
    }
  }

  /**
   * Failed with an error.
   *
   * @param error for a person
   * @param details for the log; may be empty
   * @param retryable whether another attempt may help
   */
  record Failed(String error, String details, boolean retryable) implements End {
    @Override
    public JobStatus status() {
      return JobStatus.FAILED;
    }

    @Override
    public String call() {
      return "fail";
    }

    @Override
    public ObjectNode body() {
      return Json.object().put("error", error).put("details", details).put("retryable", retryable);
    }
  }

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

    @Override
    public JobStatus status() {
      return JobStatus.CANCELLED;
    }

    @Override
    public String call() {
      return "cancelled";
    }

    @Override
    public ObjectNode body() {
      return Json.object().set("partial", Json.tree(partial));
    }
  }
}
