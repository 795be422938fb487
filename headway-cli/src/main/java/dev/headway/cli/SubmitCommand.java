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
import java.time.Instant;
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
    description = "Submits a job, or a CSV file of lots with --lots.")
final class SubmitCommand extends ServerCommand {
  @Parameters(arity = "0..1", paramLabel = "JOB_TYPE", description = "Type of the job.")
  private @Nullable String jobType;

  @Option(
      names = "--payload",
      paramLabel = "JSON|@FILE",
      description = "Input of the job: a JSON object, or @ and the name of a file with one.")
  private @Nullable String payload;

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "A value of the input; may be repeated.")
  private Map<String, String> params = Map.of();

  @Option(names = "--external", description = "Leave the job to a worker outside the server.")
  private boolean external;

  @Option(names = "--queue", description = "Queue from which workers claim the job.")
  private @Nullable String queue;

  @Option(names = "--priority", description = "Priority, -100 to 100; higher first.")
  private @Nullable Integer priority;

  @Option(names = "--max-attempts", description = "Maximum number of attempts.")
  private @Nullable Integer maxAttempts;

  @Option(
      names = "--key",
      description = "Idempotency key: submitting again with the same key creates no second job.")
  private @Nullable String key;

  @Option(
      names = "--run-at",
      paramLabel = "TIME",
      description = "Begin no earlier than at this moment, such as 2030-01-31T08:00:00Z.")
  private @Nullable Instant runAt;

  @Option(
      names = "--at-once",
      paramLabel = "NAME=N",
      description = "Run at most N jobs at once under this name.")
  private Map<String, Integer> atOnce = Map.of();

  @Option(names = "--tag", description = "A word for finding the job; may be repeated.")
  private List<String> tags = List.of();

  @Option(
      names = "--callback",
      paramLabel = "URL",
      description = "URL that is called when the job ends.")
  private @Nullable String callback;

  @Option(names = "--lots", paramLabel = "CSV", description = "CSV file of lots to schedule.")
  private @Nullable Path lots;

  @Option(names = "--strategy", description = "Scheduling strategy, such as smart-pack or best.")
  private @Nullable String strategy;

  @Option(names = "--name", description = "Name of the schedule.")
  private @Nullable String name;

  @Option(names = "--watch", description = "Watch the job to its end.")
  private boolean watch;

  @Option(names = "--json", description = "Print the server's JSON.")
  private boolean json;

  SubmitCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(HeadwayClient client) throws IOException, InterruptedException {
    if ((jobType == null) == (lots == null)) {
      throw new IllegalArgumentException("Give either a job type or a CSV file of --lots");
    }
    var accepted = lots == null ? submitJob(client) : submitLots(client, lots);
    var topic = Topic.parse(accepted.watch().stream());
    if (json) {
      print(Json.write(accepted.work()));
    } else {
      print("Submitted " + topic);
    }
    return watch ? new WatchSession(environment(), client, json).watch(List.of(topic)) : OK;
  }

  private Accepted<?> submitLots(HeadwayClient client, Path file) throws IOException {
    var request = ScheduleRequest.DEFAULT.name(name).strategy(strategy);
    return client.submitSchedule(
        String.valueOf(file.getFileName()), Files.readAllBytes(file), request);
  }

  private Accepted<?> submitJob(HeadwayClient client) throws IOException {
    var type = String.valueOf(jobType);
    var request = external ? JobRequest.external(type) : JobRequest.of(type);
    if (atOnce.size() > 1) {
      throw new IllegalArgumentException("Give one --at-once");
    }
    for (var key : atOnce.entrySet()) {
      request = request.key(key.getKey(), key.getValue());
    }
    return client.submit(
        request
            .payload(input())
            .runAt(runAt)
            .tags(tags)
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
