package dev.headway.cli;

import dev.headway.client.HeadwayClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Watches work, several pieces at once. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = "Watches jobs to their ends. Exits with 0 when all of them completed.")
final class WatchCommand extends ServerCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "TOPIC",
      description = "A job ID, a schedule number, or a topic such as comparison:3.")
  private List<String> topics = List.of();

  @Option(names = "--json", description = "Print each event as a line of JSON.")
  private boolean json;

  WatchCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(HeadwayClient client) throws InterruptedException {
    return new WatchSession(environment(), client, json)
        .watch(topics.stream().map(TopicArgument::topic).distinct().toList());
  }
}
