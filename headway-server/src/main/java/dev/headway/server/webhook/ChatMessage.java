package dev.headway.server.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.headway.core.job.Job;
import dev.headway.core.job.Outcome;
import dev.headway.core.port.Announcements.Occasion;
import dev.headway.server.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end or the stall of a job in a few words, in the forms that chats and people read.
 *
 * @param title a line: which job, and what has come of it
 * @param text more about it; may be empty
 */
record ChatMessage(String title, String text) {
  private record SlackBody(String text) {}

  private record TextBlock(String type, String text, boolean wrap, String weight) {}

  private record Card(String type, String version, List<TextBlock> body) {}

  /** The names are Teams' own. */
  private record Attachment(@JsonProperty("contentType") String contentType, Card content) {}

  private record TeamsBody(String type, List<Attachment> attachments) {}

  /** The message about a job: that it has stalled, or how it ended. */
  static ChatMessage of(Job job, @Nullable Occasion occasion) {
    return occasion == Occasion.STALLED
        ? new ChatMessage(name(job) + " has stalled", since(job))
        : ofEnd(job);
  }

  private static String name(Job job) {
    var name = job.spec().name();
    return name == null ? job.spec().type() : name;
  }

  private static String since(Job job) {
    var percent = job.progress().percent();
    var last = job.progress().message();
    var at = percent == null ? "" : " at %.0f %%".formatted(percent);
    return last.isEmpty() && at.isEmpty()
        ? "It has reported nothing yet"
        : "It has reported nothing new%s%s".formatted(at, last.isEmpty() ? "" : " since: " + last);
  }

  private static ChatMessage ofEnd(Job job) {
    var message = job.progress().message();
    return new ChatMessage(
        "%s %s%s".formatted(name(job), ending(job), duration(job)),
        job.outcome() instanceof Outcome.Failed(var error) ? error.message() : message);
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
