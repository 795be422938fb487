package dev.headway.cli;

import dev.headway.client.HeadwayClient;
import dev.headway.client.http.Json;
import dev.headway.client.page.PageLook;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a page for people without an account. */
@Command(
    name = "link",
    mixinStandardHelpOptions = true,
    description =
        "Prints the address of a page that shows a job, or the jobs with a tag, to whoever has it.")
final class LinkCommand extends ServerCommand {
  @Parameters(paramLabel = "TOPIC", description = "A job ID, or tag:NAME.")
  private String topic = "";

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = DurationArgument.class,
      defaultValue = "7d",
      description = "How long it works, up to 90d (default: 7d).")
  private Duration lasting = Duration.ofDays(7);

  @Option(names = "--title", description = "The page's heading (default: the job's name).")
  private @Nullable String title;

  @Option(names = "--accent", paramLabel = "#RRGGBB", description = "The colour of the bar.")
  private @Nullable String accent;

  @Option(names = "--language", description = "The language of the words, such as de.")
  private @Nullable String language;

  @Option(
      names = "--say",
      paramLabel = "WORD=TEXT",
      description = "What the page says, such as completed='Ready to collect'; repeatable.")
  private Map<String, String> words = new LinkedHashMap<>();

  @Option(names = "--json", description = "Print the server's JSON.")
  private boolean json;

  LinkCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(HeadwayClient client) {
    var look = new PageLook(title, accent, language, words);
    var link = client.link(TopicArgument.topic(topic), look, lasting);
    print(json ? Json.write(link) : link.url().toString());
    return OK;
  }
}
