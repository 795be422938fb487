package dev.headway.app;

import dev.headway.app.config.Configuration;
import dev.headway.app.config.Configuration.Origins;
import dev.headway.app.log.Logging;
import dev.headway.client.HeadwayClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code headway demo}: a local server with sample jobs. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Starts a local server with sample jobs that run for a minute, so that there is something to"
            + " watch.")
final class DemoCommand implements Callable<Integer> {
  /** Sixty of these are the minute that the jobs take. */
  private static final Duration BEAT = Duration.ofSeconds(1);

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8000",
      description = "Port on 127.0.0.1 (default: ${DEFAULT-VALUE}); 0 takes a free one.")
  private String port = "";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "~/.headway/demo",
      description = "Data directory of the demo (default: ${DEFAULT-VALUE}).")
  private String data = "";

  @Option(names = "--once", description = "End with the jobs instead of serving on.")
  private boolean once;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var configuration = configuration(System.getenv());
    Logging.use(configuration.settings().log());
    try (var installation = Installation.start(configuration.settings())) {
      System.out.printf(
          "Headway is ready at %s after %.1f s%n",
          installation.url(), sinceStart().toMillis() / 1000.0);
      try (var client = HeadwayClient.at(URI.create(installation.url())).build()) {
        var demo = new Demo(client, System.out, RandomGenerator.getDefault(), BEAT);
        var completed = demo.show();
        if (!once) {
          System.out.println("\nServing until Ctrl-C.");
          installation.closeOnSignal();
          new CountDownLatch(1).await();
        }
        return completed ? 0 : 1;
      }
    }
  }

  /* Of the environment, only what concerns the log: the demo is the same everywhere. */
  private Configuration configuration(Map<String, String> environment) {
    var flags = new HashMap<>(Map.of("port", port, "host", "127.0.0.1", "data", data));
    var log = new HashMap<>(Map.of("HEADWAY_LOG_LEVEL", "warn"));
    environment.forEach((name, value) -> {
      if (name.startsWith("HEADWAY_LOG_")) {
        log.put(name, value);
      }
    });
    return Configuration.load(new Origins(flags, log, null));
  }

  /* Of this virtual machine: in the same process the launcher may have built before. */
  private static Duration sinceStart() {
    var start = ManagementFactory.getRuntimeMXBean().getStartTime();
    return Duration.between(Instant.ofEpochMilli(start), Instant.now());
  }
}
