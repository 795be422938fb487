package dev.headway.app;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headway serve}: runs a server until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs a server until Ctrl-C.")
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port (default: 8000); 0 takes a free one and prints it.")
  private @Nullable String port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Where to listen (default: localhost, which is both loopback addresses).")
  private @Nullable String host;

  @Option(
      names = "--bus",
      paramLabel = "URL",
      description =
          "redis://user:password@host:6379/0, postgresql://… or none: how servers on one database tell one another at once (default: PostgreSQL's notifications).")
  private @Nullable String bus;

  @Option(
      names = "--applications",
      paramLabel = "NAMES",
      description = "What it is for (default: jobs,filling,spc,fpl).")
  private @Nullable String applications;

  @Mixin private final ServerOptions options = new ServerOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    var flags = new LinkedHashMap<String, @Nullable String>();
    flags.put("port", port);
    flags.put("host", host);
    flags.put("bus", bus);
    flags.put("applications", applications);
    return Serving.untilStopped(options.configuration(flags), spec.commandLine().getOut());
  }
}
