package dev.headway.spc.alarm;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.headway.server.json.JsonCodec;
import dev.headway.spc.model.AlarmReceiver;
import dev.headway.spc.model.Violation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A message of violations that nobody has answered, in the forms in which receivers read it.
 *
 * @param violations at least one
 * @param reminder whether all of them were told before
 */
record AlarmMessage(List<Alarm> violations, boolean reminder) {
  private static final int LISTED = 20;

  /**
   * A violation as people are told of it.
   *
   * @param violationId its number
   * @param characteristicId whose
   * @param characteristic the name of that
   * @param ruleId the rule
   * @param ruleName its name
   * @param severity how grave
   * @param chart the statistic that the chart plots
   * @param sampleId the sample at which the rule first held
   * @param timestamp when that was taken
   * @param url where it is seen; null when the server's address is not set
   */
  record Alarm(
      long violationId,
      long characteristicId,
      String characteristic,
      int ruleId,
      String ruleName,
      String severity,
      String chart,
      long sampleId,
      Instant timestamp,
      @Nullable String url) {
    static Alarm of(Violation violation, String characteristic, String base) {
      var id = violation.characteristicId();
      return new Alarm(
          violation.id(),
          id,
          characteristic,
          violation.rule().number(),
          violation.rule().title(),
          violation.severity().name(),
          violation.statistic().wireName(),
          violation.sampleId(),
          violation.extent().held().at(),
          base.isEmpty() ? null : base + "/characteristic/" + id);
    }

    private String line() {
      return "%s: %s (%s), %s%s"
          .formatted(characteristic, ruleName, severity, timestamp, url == null ? "" : "\n" + url);
    }
  }

  private record WebhookBody(String event, List<Alarm> violations) {}

  private record SlackBody(String text) {}

  private record TextBlock(String type, String text, boolean wrap, String weight) {}

  private record Card(String type, String version, List<TextBlock> body) {}

  /** The names are Teams' own. */
  private record Attachment(@JsonProperty("contentType") String contentType, Card content) {}

  private record TeamsBody(String type, List<Attachment> attachments) {}

  /** A line that says what it is about, in ASCII. */
  String title() {
    var count = violations.size();
    var what = count == 1 ? "1 violation" : count + " violations";
    return "Headway: " + what + (reminder ? " still without an answer" : "");
  }

  /** The violations, a line each. */
  String text() {
    var lines =
        violations.stream().limit(LISTED).map(Alarm::line).collect(Collectors.joining("\n"));
    var more = violations.size() - LISTED;
    return more > 0 ? lines + "\n... and %d more".formatted(more) : lines;
  }

  /** Whether one of them is critical. */
  boolean critical() {
    return violations.stream().anyMatch(alarm -> alarm.severity().equals("CRITICAL"));
  }

  /** The JSON or text that a kind of receiver reads; an e-mail has a text. */
  byte[] body(AlarmReceiver.Kind kind) {
    return switch (kind) {
      case WEBHOOK ->
          JsonCodec.bytes(new WebhookBody(reminder ? "reminder" : "violation", violations));
      case SLACK -> JsonCodec.bytes(new SlackBody("*" + title() + "*\n" + text()));
      case TEAMS -> JsonCodec.bytes(card());
      case NTFY, MAIL -> text().getBytes(StandardCharsets.UTF_8);
    };
  }

  private TeamsBody card() {
    var blocks =
        List.of(
            new TextBlock("TextBlock", title(), true, "Bolder"),
            new TextBlock("TextBlock", text().replace("\n", "\n\n"), true, "Default"));
    var card = new Card("AdaptiveCard", "1.4", blocks);
    return new TeamsBody(
        "message", List.of(new Attachment("application/vnd.microsoft.card.adaptive", card)));
  }
}
