package dev.headway.core.topic;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of something that can be watched, for example {@code job:0192…} or {@code schedule:12}.
 *
 * @param kind lower-case letters
 * @param id letters, digits and hyphens
 */
public record TopicName(String kind, String id) {
  private static final Pattern SYNTAX = Pattern.compile("([a-z]{1,32}):([A-Za-z0-9-]{1,64})");

  /** The topic of a job. */
  public static TopicName ofJob(UUID id) {
    return new TopicName("job", id.toString());
  }

  /** The feed of a user: all that the user may see. */
  public static TopicName ofUser(String id) {
    return new TopicName("user", id);
  }

  /** Reads {@code kind:id}; empty when the text is not a topic's name. */
  public static Optional<TopicName> parse(String text) {
    var matcher = SYNTAX.matcher(text);
    return matcher.matches()
        ? Optional.of(new TopicName(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return kind + ":" + id;
  }
}
