package dev.headway.cli;

import dev.headway.client.HeadwayClient;
import dev.headway.client.http.ApiException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Cancels jobs. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Cancels jobs. A job shows as cancelled once its worker has stopped.")
final class CancelCommand extends ServerCommand {
  @Parameters(arity = "1..*", paramLabel = "JOB", description = "A job ID, or schedule:NUMBER.")
  private List<String> jobs = List.of();

  CancelCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(HeadwayClient client) {
    var code = OK;
    for (var word : jobs) {
      try {
        var job = client.cancel(TopicArgument.job(word, client));
        print(
            "%s: %s"
                .formatted(word, job.status().ended() ? "cancelled" : "cancellation requested"));
      } catch (ApiException e) {
        complain(word + ": " + e.getMessage());
        code = FAILED;
      }
    }
    return code;
  }
}
