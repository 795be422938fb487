package dev.headway.cli;

import dev.headway.client.HeadwayClient;
import dev.headway.client.http.Json;
import dev.headway.client.job.Accepted;
import dev.headway.client.job.JobRequest;
import dev.headway.client.schedule.ScheduleRequest;
import dev.headway.client.stream.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Submits a job, or lots to be scheduled. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description = "Submit a job, or a file of lots with --lots.")
final class SubmitCommand extends ServerCommand {
  @Parameters(arity = "0..1", paramLabel = "JOB_TYPE", description = "The kind of work.")
  private @Nullable String jobType;

  @Option(
      names = "--payload",
      paramLabel = "JSON|@FILE",
      description = "The input, a JSON object or a file that holds one.")
  private @Nullable String payload;

  @Option(names = "--param", paramLabel = "NAME=VALUE", description = "One value of the input.")
  private Map<String, String> params = Map.of();

  @Option(names = "--external", description = "Wait for a worker outside the server.")
  private boolean external;

  @Option(names = "--queue", description = "Where workers claim it.")
  private @Nullable String queue;

  @Option(names = "--priority", description = "-100 to 100, higher first.")
  private @Nullable Integer priority;

  @Option(names = "--max-attempts", description = "How often it may be started.")
  private @Nullable Integer maxAttempts;

  @Option(names = "--key", description = "An idempotency key: the same key makes one job.")
  private @Nullable String key;

  @Option(names = "--callback", paramLabel = "URL", description = "Where its end is announced.")
  private @Nullable String callback;

  @Option(names = "--lots", paramLabel = "CSV", description = "Lots to be scheduled.")
  private @Nullable Path lots;

  @Option(names = "--strategy", description = "How to schedule the lots.")
  private @Nullable String strategy;

  @Option(names = "--name", description = "The schedule's name.")
  private @Nullable String name;

  @Option(names = "--watch", description = "Watch it to its end.")
  private boolean watch;

  @Option(names = "--json", description = "Print what the server answers.")
  private boolean json;

  SubmitCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(HeadwayClient client) throws IOException, InterruptedException {
    if ((jobType == null) == (lots == null)) {
      throw new IllegalArgumentException("Name either a job type or a file of --lots");
    }
    var accepted = lots == null ? submitJob(client) : submitLots(client, lots);
    var topic = Topic.parse(accepted.watch().stream());
    if (json) {
      print(Json.write(accepted.work()));
    } else {
      print("Submitted " + topic);
    }
    return watch ? new Watching(environment(), client, json).watch(List.of(topic)) : OK;
  }

  private Accepted<?> submitLots(HeadwayClient client, Path file) throws IOException {
    var request = ScheduleRequest.DEFAULT.name(name).strategy(strategy);
    return client.submitSchedule(
        String.valueOf(file.getFileName()), Files.readAllBytes(file), request);
  }

  private Accepted<?> submitJob(HeadwayClient client) throws IOException {
    var type = String.valueOf(jobType);
    var request = external ? JobRequest.external(type) : JobRequest.of(type);
    return client.submit(
        request
            .payload(input())
            .queue(queue)
            .priority(priority)
            .maxAttempts(maxAttempts)
            .idempotencyKey(key)
            .callback(callback));
  }

  private JsonNode input() throws IOException {
    var input = Json.object();
    if (payload != null) {
      var text =
          payload.startsWith("@") ? Files.readString(Path.of(payload.substring(1))) : payload;
      var tree = Json.parse(text);
      if (!tree.isObject()) {
        throw new IllegalArgumentException("The payload must be a JSON object");
      }
      input.setAll(tree.asObject());
    }
    params.forEach(input::put);
    return input;
  }
}
