package dev.headway.cli.run;

import java.time.Duration;
import java.util.List;

/**
 * A command to run as a job.
 *
 * @param name for people
 * @param command program and arguments, not empty
 * @param weights the steps' shares of the bar; all the same when empty
 * @param grace how long a cancelled command may take to stop before it is ended
 * @param deliverWithin how long to wait, after the command's end, for a server that is away
 * @param terminal whether it runs in a terminal, whose signals reach the command as well
 */
public record RunRequest(
    String name,
    List<String> command,
    List<Double> weights,
    Duration grace,
    Duration deliverWithin,
    boolean terminal) {
  /** Takes copies. */
  public RunRequest {
    command = List.copyOf(command);
    weights = List.copyOf(weights);
  }
}
