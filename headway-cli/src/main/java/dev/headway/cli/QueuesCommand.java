package dev.headway.cli;

import dev.headway.client.HeadwayClient;
import dev.headway.client.http.Json;
import dev.headway.client.job.Queue;
import dev.headway.client.job.StartRate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Lists queues, pauses them, and limits their rate. */
@Command(
    name = "queues",
    mixinStandardHelpOptions = true,
    description = "Lists queues; pauses one, or limits its rate. Needs the role admin.")
final class QueuesCommand extends ServerCommand {
  @Parameters(arity = "0..1", paramLabel = "QUEUE", description = "The queue to be changed.")
  private @Nullable String queue;

  @Option(names = "--pause", description = "Let no further job of it begin; what runs goes on.")
  private boolean pause;

  @Option(names = "--resume", description = "Go on.")
  private boolean resume;

  @Option(
      names = "--rate",
      paramLabel = "STARTS/TIME",
      converter = RateArgument.class,
      description = "Let at most so many jobs begin in a time, such as 10/1m.")
  private @Nullable StartRate rate;

  @Option(names = "--no-rate", description = "Take the limit of the rate away.")
  private boolean unlimited;

  @Option(names = "--json", description = "Print the server's JSON.")
  private boolean json;

  /** A converter for rates: {@code 10/1m}, {@code 100/s}. */
  static final class RateArgument implements ITypeConverter<StartRate> {
    @Override
    public StartRate convert(String text) {
      var parts = text.split("/", -1);
      if (parts.length != 2 || !parts[0].matches("[1-9]\\d{0,6}")) {
        throw new TypeConversionException("'%s' is not a rate such as 10/1m".formatted(text));
      }
      var period = parts[1].matches("[hms]") ? "1" + parts[1] : parts[1];
      return StartRate.of(Integer.parseInt(parts[0]), new DurationArgument().convert(period));
    }
  }

  QueuesCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(HeadwayClient client) {
    if ((pause && resume) || (unlimited && rate != null)) {
      throw new IllegalArgumentException("Give either --pause or --resume, --rate or --no-rate");
    }
    if (queue != null) {
      change(client, queue);
    } else if (pause || resume || unlimited || rate != null) {
      throw new IllegalArgumentException("Name the queue that is to be changed");
    }
    show(client.queues());
    return OK;
  }

  private void change(HeadwayClient client, String name) {
    if (pause || resume) {
      client.pauseQueue(name, pause);
    }
    if (unlimited || rate != null) {
      client.limitQueue(name, rate);
    }
  }

  private void show(List<Queue> queues) {
    if (json) {
      print(Json.write(queues));
      return;
    }
    var table = new Table("QUEUE", "STATE", "RATE", "WAITING", "RUNNING");
    for (var each : queues) {
      table.row(
          List.of(
              each.name(),
              each.paused() ? "paused" : "open",
              words(each.rate()),
              String.valueOf(each.waiting()),
              String.valueOf(each.running())));
    }
    table.lines().forEach(this::print);
  }

  private static String words(@Nullable StartRate limit) {
    if (limit == null) {
      return "--";
    }
    var seconds = limit.seconds();
    var whole = seconds == Math.rint(seconds);
    return "%d in %s s".formatted(limit.starts(), whole ? String.valueOf((long) seconds) : seconds);
  }
}
