package dev.headway.client.stream;

import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A topic: a job, a feed or anything else that can be watched.
 *
 * @param kind for example {@code job}
 * @param key its id within the kind
 */
public record Topic(String kind, String key) {
  private static final Set<String> FEEDS = Set.of("user", "tag");
  private static final Pattern FORM = Pattern.compile("([a-z][a-z-]{0,31}):([A-Za-z0-9-]{1,64})");

  /**
   * Reads {@code kind:key}.
   *
   * @throws IllegalArgumentException when it has another form
   */
  public static Topic parse(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a topic; a topic is for example schedule:12 or job:<id>".formatted(text));
    }
    return new Topic(match.group(1), match.group(2));
  }

  /** A job. */
  public static Topic job(UUID id) {
    return new Topic("job", id.toString());
  }

  /** A filling schedule. */
  public static Topic schedule(long id) {
    return new Topic("schedule", Long.toString(id));
  }

  /** Whether the topic ends, as a job's does; feeds and characteristics do not. */
  public boolean ends() {
    return !FEEDS.contains(kind) && !kind.equals("characteristic");
  }

  @Override
  public String toString() {
    return kind + ":" + key;
  }
}
