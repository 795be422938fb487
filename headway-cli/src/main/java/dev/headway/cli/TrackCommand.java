package dev.headway.cli;

import dev.headway.cli.run.LinePipe;
import dev.headway.client.HeadwayClient;
import dev.headway.client.work.TrackedJob;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the lines that go through a pipe as a job. */
@Command(
    name = "track",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the lines that go through a pipe as a job; they pass unchanged:",
      "  cat urls.txt | headway track --name Fetch --total 800 | xargs -n 1 fetch"
    })
final class TrackCommand extends ServerCommand {
  private static final int INTERRUPTED = 130;
  private static final Duration DELIVER_WITHIN = Duration.ofMinutes(1);

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "pipe",
      description = "Name of the job (default: ${DEFAULT-VALUE}).")
  private String name = "pipe";

  @Option(names = "--total", paramLabel = "N", description = "Number of lines to expect.")
  private long total;

  @Option(names = "--quiet", description = "Do not write the lines to standard output.")
  private boolean quiet;

  TrackCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(HeadwayClient client) throws IOException, InterruptedException {
    try (var job = client.track(name, total)) {
      var over = new CompletableFuture<Integer>();
      job.onCancel(() -> stopped(job, over, FAILED));
      for (var signal : List.of("INT", "TERM", "HUP")) {
        Signals.register(signal, () -> stopped(job, over, INTERRUPTED));
      }
      // A read of standard input cannot be interrupted, so the pipe is left behind.
      Thread.ofVirtual().name("pipe").start(() -> pipe(job, over));
      return over.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    }
  }

  private static void stopped(TrackedJob job, CompletableFuture<Integer> over, int code) {
    job.cancelled();
    over.complete(code);
  }

  /** Waits for a server that has the job and takes its time. */
  private static void delivered(TrackedJob job) {
    if (job.job().isPresent()) {
      job.ended()
          .completeOnTimeout(null, DELIVER_WITHIN.toSeconds(), TimeUnit.SECONDS)
          .exceptionally(failure -> null) // it was said when it happened
          .join();
    }
  }

  private void pipe(TrackedJob job, CompletableFuture<Integer> over) {
    try {
      var lines = new LinePipe(environment().in(), environment().out(), quiet).through(job);
      if (lines < total) {
        job.fail("The input ended after %,d of %,d lines".formatted(lines, total));
      } else {
        job.complete(Map.of("lines", lines));
      }
      delivered(job);
      over.complete(OK);
    } catch (IOException e) {
      job.failed(e);
      over.completeExceptionally(e);
    }
  }
}
