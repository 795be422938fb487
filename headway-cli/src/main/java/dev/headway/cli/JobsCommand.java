package dev.headway.cli;

import dev.headway.client.HeadwayClient;
import dev.headway.client.http.Json;
import dev.headway.client.job.Job;
import dev.headway.client.job.JobFilter;
import dev.headway.client.job.JobPage;
import dev.headway.client.job.JobStatus;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Lists jobs. */
@Command(name = "jobs", mixinStandardHelpOptions = true, description = "Lists jobs, newest first.")
final class JobsCommand extends ServerCommand {
  @Option(
      names = "--status",
      split = ",",
      paramLabel = "STATUS",
      converter = StatusArgument.class,
      description =
          "Only jobs with these statuses: pending, queued, in_progress, completed, failed,"
              + " cancelled.")
  private List<JobStatus> statuses = List.of();

  @Option(
      names = "--type",
      split = ",",
      paramLabel = "TYPE",
      description = "Only jobs of these types.")
  private List<String> types = List.of();

  @Option(
      names = "--page",
      paramLabel = "N",
      defaultValue = "1",
      description = "Page number, from 1 (default: ${DEFAULT-VALUE}).")
  private int page;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Jobs per page, 1 to 100 (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--json", description = "Print the server's JSON.")
  private boolean json;

  /** A converter for statuses, in any case. */
  static final class StatusArgument implements ITypeConverter<JobStatus> {
    @Override
    public JobStatus convert(String word) {
      var status = JobStatus.of(word);
      if (status == JobStatus.UNKNOWN) {
        throw new TypeConversionException("'%s' is not a status".formatted(word));
      }
      return status;
    }
  }

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
    var table = new Table("ID", "NAME", "STATUS", "DONE", "CREATED", "MESSAGE");
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
        job.name() == null ? job.jobType() : job.name(),
        job.status().word(),
        progress == null ? "--" : (int) Math.floor(progress) + "%",
        String.valueOf(job.createdAt()),
        message == null ? "" : message);
  }
}
