package dev.headway.cli;

import dev.headway.client.HeadwayClient;
import dev.headway.client.stream.Topic;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs an ended job again, as a new one. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description = "Runs a finished job again, as a new job.")
final class RetryCommand extends ServerCommand {
  @Parameters(paramLabel = "JOB", description = "A job ID, or schedule:NUMBER.")
  private String job = "";

  @Option(names = "--watch", description = "Watch the new job to its end.")
  private boolean watch;

  RetryCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(HeadwayClient client) throws InterruptedException {
    var topic = Topic.job(client.retry(TopicArgument.job(job, client)).work().id());
    print("Submitted " + topic);
    return watch ? new WatchSession(environment(), client, false).watch(List.of(topic)) : OK;
  }
}
