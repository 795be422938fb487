package dev.headway.server.jobs;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Job;
import dev.headway.server.stream.JobJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The messages between a worker and the server on the native stream; null for absent members. */
final class WorkerMessage {
  private static final int MOST_AT_ONCE = 1_000;
  private static final int MOST_TYPES = 100;
  private static final int LONGEST_NAME = 200;
  private static final Pattern QUEUE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private WorkerMessage() {}

  /**
   * A worker's request for jobs of a queue as they come.
   *
   * @param atMost how many it holds at once; 0 for no further one
   */
  record Work(
      @Nullable String queue,
      @Nullable List<String> jobTypes,
      @Nullable String workerId,
      @Nullable Double leaseSeconds,
      @Nullable Integer atMost) {

    /**
     * The same as a claim.
     *
     * @throws HeadwayException VALIDATION_ERROR with everything that is wrong with it
     */
    JobRequests.Claim claim() {
      var defects = new ArrayList<Defect>();
      if (workerId == null || workerId.isEmpty() || workerId.length() > LONGEST_NAME) {
        defects.add(
            Defect.ofField(
                "worker_id", "worker_id must have 1 to %d characters".formatted(LONGEST_NAME)));
      }
      if (queue != null && !QUEUE.matcher(queue).matches()) {
        defects.add(Defect.ofField("queue", "queue must match %s".formatted(QUEUE)));
      }
      if (jobTypes != null && (jobTypes.size() > MOST_TYPES || jobTypes.contains(null))) {
        defects.add(
            Defect.ofField(
                "job_types", "job_types must be at most %d names".formatted(MOST_TYPES)));
      }
      if (leaseSeconds != null && !(leaseSeconds >= 1 && leaseSeconds <= 3_600)) {
        defects.add(
            Defect.ofField(
                "lease_seconds",
                "lease_seconds (%s) must be from 1 to 3600".formatted(leaseSeconds)));
      }
      if (most() < 0 || most() > MOST_AT_ONCE) {
        defects.add(
            Defect.ofField(
                "at_most", "at_most (%d) must be from 0 to %d".formatted(most(), MOST_AT_ONCE)));
      }
      if (!defects.isEmpty()) {
        throw HeadwayException.invalid(defects);
      }
      return new JobRequests.Claim(
          queue, jobTypes, Objects.requireNonNull(workerId), leaseSeconds, null);
    }

    int most() {
      return Objects.requireNonNullElse(atMost, 1);
    }
  }

  /**
   * Items about jobs that the worker holds.
   *
   * @param upto the worker's number of this message, higher than those before
   */
  record Reports(@Nullable Long upto, @Nullable List<JsonNode> items) {
    /**
     * Rejects one of which nothing is taken.
     *
     * @throws HeadwayException VALIDATION_ERROR with everything that is wrong with it
     */
    void check() {
      var defects = new ArrayList<Defect>();
      if (upto == null) {
        defects.add(Defect.ofField("upto", "upto is missing: the acknowledgment repeats it"));
      }
      var count = items == null ? 0 : items.size();
      if (count < 1 || count > WorkerReports.MOST_ITEMS) {
        defects.add(
            Defect.ofField(
                "items",
                "items has %d; it must have 1 to %d, and none of these was taken"
                    .formatted(count, WorkerReports.MOST_ITEMS)));
      }
      if (!defects.isEmpty()) {
        throw HeadwayException.invalid(defects);
      }
    }
  }

  /** The reply to a request for jobs. */
  @JsonInclude(NON_NULL)
  record Working(@Nullable JsonNode re, boolean ok) {}

  /** A job for the worker. */
  record Handed(Claimed claimed) {}

  /** The number up to which all messages were taken. */
  record Acked(long acked) {}

  /** Leases that are the worker's no longer. */
  record Lost(List<String> lost) {}

  /** Leases whose work is to stop; what there is by then is wanted of some. */
  record CancelRequested(List<String> cancelRequested, List<String> keepPartial) {}

  /** Jobs that the worker has ended. */
  record Ended(List<EndedJob> ended) {}

  /**
   * A job that the worker has ended.
   *
   * @param status where the job is now: queued again, where another attempt follows
   */
  record EndedJob(String lease, UUID jobId, String status, int attempt) {
    static EndedJob of(String lease, Job job) {
      return new EndedJob(lease, job.id(), JobJson.status(job), job.attempt());
    }
  }

  /** Items that were not taken. */
  record Refused(List<Refusal> refused) {}

  /**
   * An item that was not taken.
   *
   * @param lease as the item had it; empty where it had none
   * @param item its place among the items, from 0
   * @param upto the number of the message
   */
  record Refusal(String lease, long upto, int item, ErrorCode code, String message) {}
}
