package dev.headway.cli;

import dev.headway.client.HeadwayClient;
import dev.headway.client.http.Json;
import dev.headway.client.job.Job;
import dev.headway.client.job.JobFilter;
import dev.headway.client.job.JobPage;
import dev.headway.client.job.JobStatus;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists jobs. */
@Command(name = "jobs", mixinStandardHelpOptions = true, description = "List jobs, newest first.")
final class JobsCommand extends ServerCommand {
  @Option(names = "--status", split = ",", description = "Only these: ${COMPLETION-CANDIDATES}.")
  private List<JobStatus> statuses = List.of();

  @Option(names = "--type", split = ",", description = "Only these types.")
  private List<String> types = List.of();

  @Option(names = "--page", defaultValue = "1", description = "From 1.")
  private int page;

  @Option(names = "--limit", defaultValue = "20", description = "Jobs a page, 1 to 100.")
  private int limit;

  @Option(names = "--json", description = "Print what the server answers.")
  private boolean json;

  JobsCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(HeadwayClient client) {
    var found = client.jobs(new JobFilter(types, statuses, page, limit));
    if (json) {
      print(Json.write(found));
    } else {
      table(found);
    }
    return OK;
  }

  private void table(JobPage found) {
    var table = new Table("ID", "TYPE", "STATUS", "DONE", "CREATED", "MESSAGE");
    found.jobs().forEach(job -> table.row(row(job)));
    table.lines().forEach(this::print);
    if (found.total() > found.jobs().size()) {
      print("%d of %d".formatted(found.jobs().size(), found.total()));
    }
  }

  private static List<String> row(Job job) {
    var progress = job.progress();
    var error = job.errorMessage();
    var message = error == null ? job.message() : error;
    return List.of(
        job.id().toString(),
        job.jobType(),
        job.status().word(),
        progress == null ? "--" : (int) Math.floor(progress) + "%",
        String.valueOf(job.createdAt()),
        message == null ? "" : message);
  }
}
