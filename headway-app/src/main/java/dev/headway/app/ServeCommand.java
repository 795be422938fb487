package dev.headway.app;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

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

  @Mixin private final ServerOptions options = new ServerOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    var flags = new LinkedHashMap<String, @Nullable String>();
    flags.put("port", port);
    flags.put("host", host);
    var configuration = options.configuration(flags);
    LOG.info("Configuration:\n  {}", String.join("\n  ", configuration.lines()));
    var installation = Installation.start(configuration);
    installation.closeOnSignal();
    LOG.info("{}", installation.whoIsServed());
    announce(spec.commandLine().getOut(), installation);
    System.gc(); // nobody is connected yet, and most of the heap is what the start has left behind
    new CountDownLatch(1).await();
    return 0;
  }

  private static void announce(PrintWriter out, Installation installation) {
    out.println("Headway is ready at " + installation.url() + "  (Ctrl-C stops it)");
    out.flush();
  }
}
