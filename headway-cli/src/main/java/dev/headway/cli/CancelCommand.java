package dev.headway.cli;

import dev.headway.client.HeadwayClient;
import dev.headway.client.http.ApiException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Asks work to stop. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Ask work to stop; it is cancelled once it has really stopped.")
final class CancelCommand extends ServerCommand {
  @Parameters(arity = "1..*", paramLabel = "JOB", description = "A job's id or schedule:NUMBER.")
  private List<String> jobs = List.of();

  CancelCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(HeadwayClient client) {
    var code = OK;
    for (var word : jobs) {
      try {
        var job = client.cancel(Reference.job(word, client));
        print("%s: %s".formatted(word, job.status().terminal() ? "cancelled" : "asked to stop"));
      } catch (ApiException e) {
        complain(word + ": " + e.getMessage());
        code = FAILED;
      }
    }
    return code;
  }
}
