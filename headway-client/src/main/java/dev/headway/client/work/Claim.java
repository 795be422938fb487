package dev.headway.client.work;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A worker's request for a job.
 *
 * @param queue whose jobs
 * @param jobTypes what the worker can do; everything when empty
 * @param workerId names the worker to people
 * @param lease how long the job stays the worker's without a report, 1 s to 1 h
 * @param longPoll how long the server waits for a job to come, at most 30 s
 */
public record Claim(
    String queue, List<String> jobTypes, String workerId, Duration lease, Duration longPoll) {

  /** Takes a copy. */
  public Claim {
    jobTypes = List.copyOf(jobTypes);
  }

  /** Any job of a queue, with a lease of 30 s. */
  public static Claim from(String queue) {
    var worker = "java-" + ProcessHandle.current().pid();
    return new Claim(queue, List.of(), worker, Duration.ofSeconds(30), Duration.ofSeconds(20));
  }

  /** Only jobs of these types. */
  public Claim types(String... only) {
    return new Claim(queue, Arrays.asList(only), workerId, lease, longPoll);
  }

  /** Under this name. */
  public Claim as(String worker) {
    return new Claim(queue, jobTypes, worker, lease, longPoll);
  }

  /** With a lease of this length. */
  public Claim lease(Duration length) {
    return new Claim(queue, jobTypes, workerId, length, longPoll);
  }

  /** Waiting so long for a job; zero answers at once. */
  public Claim longPoll(Duration wait) {
    return new Claim(queue, jobTypes, workerId, lease, wait);
  }
}
