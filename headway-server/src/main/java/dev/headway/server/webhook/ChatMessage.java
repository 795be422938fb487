package dev.headway.server.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.headway.core.job.Job;
import dev.headway.core.job.Outcome;
import dev.headway.server.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * The end of a job in a few words, in the forms that chats and people read.
 *
 * @param title a line: which job, and how it ended
 * @param text more about it; may be empty
 */
record ChatMessage(String title, String text) {
  private record SlackBody(String text) {}

  private record TextBlock(String type, String text, boolean wrap, String weight) {}

  private record Card(String type, String version, List<TextBlock> body) {}

  /** The names are Teams' own. */
  private record Attachment(@JsonProperty("contentType") String contentType, Card content) {}

  private record TeamsBody(String type, List<Attachment> attachments) {}

  /** The message of an ended job. */
  static ChatMessage of(Job job) {
    var name = job.spec().name() == null ? job.spec().type() : job.spec().name();
    var message = job.progress().message();
    return new ChatMessage(
        "%s %s%s".formatted(name, ending(job), duration(job)),
        job.outcome() instanceof Outcome.Failed(var error)
            ? error.message()
            : message == null ? "" : message);
  }

  private static String ending(Job job) {
    return switch (job.status()) {
      case COMPLETED -> "is completed";
      case FAILED -> "has failed";
      case CANCELLED -> "was cancelled";
      case PENDING, QUEUED, IN_PROGRESS -> "goes on";
    };
  }

  private static String duration(Job job) {
    var started = job.times().started();
    var completed = job.times().completed();
    if (started == null || completed == null) {
      return "";
    }
    var took = Duration.between(started, completed);
    return " after "
        + (took.toHours() > 0
            ? "%d h %d min".formatted(took.toHours(), took.toMinutesPart())
            : took.toMinutes() > 0
                ? "%d min %d s".formatted(took.toMinutes(), took.toSecondsPart())
                : "%d s".formatted(took.toSeconds()));
  }

  /** The form of Slack's incoming webhooks (mrkdwn, three characters escaped). */
  byte[] slack() {
    return JsonCodec.bytes(
        new SlackBody(
            "*%s*%s".formatted(escaped(title), escaped(text.isEmpty() ? "" : "\n" + text))));
  }

  private static String escaped(String plain) {
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** The form of a workflow of Teams: an adaptive card. */
  byte[] teams() {
    var blocks =
        List.of(
            new TextBlock("TextBlock", title, true, "Bolder"),
            new TextBlock("TextBlock", text, true, "Default"));
    var card = new Card("AdaptiveCard", "1.4", text.isEmpty() ? blocks.subList(0, 1) : blocks);
    return JsonCodec.bytes(
        new TeamsBody(
            "message", List.of(new Attachment("application/vnd.microsoft.card.adaptive", card))));
  }

  /** The form of ntfy: plain text. */
  byte[] plain() {
    return lines().getBytes(StandardCharsets.UTF_8);
  }

  /** Both as lines of plain text. */
  String lines() {
    return text.isEmpty() ? title : title + "\n" + text;
  }
}
