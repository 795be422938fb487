package dev.headway.cli;

import dev.headway.cli.bars.DisplayWidth;
import dev.headway.client.HeadwayClient;
import dev.headway.client.job.LogLine;
import dev.headway.client.job.LogPage;
import dev.headway.client.stream.Event;
import dev.headway.client.stream.Interest;
import dev.headway.client.stream.JobState;
import dev.headway.client.stream.Refusal;
import dev.headway.client.stream.Snapshot;
import dev.headway.client.stream.Topic;
import dev.headway.client.stream.WatchListener;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a job's log. */
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Prints the log of a job.")
final class LogsCommand extends ServerCommand {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\t\\n]]");

  @Parameters(paramLabel = "JOB", description = "A job ID, or schedule:NUMBER.")
  private String job = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Print new lines as they come, until the job ends.")
  private boolean follow;

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description = "Print the text of this output instead of the log.")
  private @Nullable String output;

  LogsCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(HeadwayClient client) throws InterruptedException {
    var id = TopicArgument.job(job, client);
    var printed = new AtomicLong();
    if (!follow) {
      printFrom(client, id, printed);
      return OK;
    }
    var ended = new CountDownLatch(1);
    var listener = new Follower(() -> printFrom(client, id, printed), ended);
    try (var _ = client.watch(List.of(Interest.in(Topic.job(id)).withLogs()), listener)) {
      ended.await();
    }
    printFrom(client, id, printed);
    return OK;
  }

  /**
   * Prints every line that has not been printed. Events only say that there is something to read:
   * the log itself is read by number, so that no line is missed or repeated, also after a cut.
   */
  private synchronized void printFrom(HeadwayClient client, UUID id, AtomicLong printed) {
    for (var page = page(client, id, printed);
        !page.lines().isEmpty();
        page = page(client, id, printed)) {
      page.lines().forEach(this::print);
      printed.set(page.lastNumber());
    }
  }

  private LogPage page(HeadwayClient client, UUID id, AtomicLong printed) {
    return output == null ? client.logs(id, printed.get()) : client.logs(id, output, printed.get());
  }

  /* The pieces of an output follow one another as they are; among the log's lines they are lines. */
  private void print(LogLine line) {
    if (output == null) {
      print(DisplayWidth.printable(line.text()));
    } else {
      environment().out().print(CONTROL.matcher(line.text()).replaceAll(""));
      environment().out().flush();
    }
  }

  private record Follower(Runnable news, CountDownLatch ended) implements WatchListener {
    @Override
    public void onSnapshot(Snapshot snapshot) {
      news.run();
      if (JobState.of(snapshot).status().ended()) {
        ended.countDown();
      }
    }

    @Override
    public void onEvent(Event event) {
      if (event.type().equals("log")) {
        news.run();
      }
      if (event.ended()) {
        ended.countDown();
      }
    }

    @Override
    public void onRefused(Refusal refusal) {
      ended.countDown();
    }
  }
}
