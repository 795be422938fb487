package dev.headway.cli;

import dev.headway.client.HeadwayClient;
import dev.headway.client.stream.Topic;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Does ended work again. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description = "Do an ended job again, as a new one.")
final class RetryCommand extends ServerCommand {
  @Parameters(paramLabel = "JOB", description = "A job's id or schedule:NUMBER.")
  private String job = "";

  @Option(names = "--watch", description = "Watch it to its end.")
  private boolean watch;

  RetryCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(HeadwayClient client) throws InterruptedException {
    var topic = Topic.job(client.retry(Reference.job(job, client)).work().id());
    print("Submitted " + topic);
    return watch ? new Watching(environment(), client, false).watch(List.of(topic)) : OK;
  }
}
