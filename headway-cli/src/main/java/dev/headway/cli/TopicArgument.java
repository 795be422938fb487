package dev.headway.cli;

import dev.headway.client.HeadwayClient;
import dev.headway.client.stream.Topic;
import java.util.UUID;

/**
 * A topic as it is named on the command line: a job's id, a schedule's number, or the whole topic.
 */
final class TopicArgument {
  private TopicArgument() {}

  /**
   * The topic that a word names.
   *
   * @throws IllegalArgumentException when it names none
   */
  static Topic topic(String word) {
    if (word.contains(":")) {
      return Topic.parse(word);
    }
    if (word.matches("\\d{1,18}")) {
      return Topic.schedule(Long.parseLong(word));
    }
    try {
      return Topic.job(UUID.fromString(word));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is neither a job ID nor a topic such as schedule:12".formatted(word), e);
    }
  }

  /** The job that a word names, directly or as the one that runs a schedule. */
  static UUID job(String word, HeadwayClient client) {
    var topic = topic(word);
    return switch (topic.kind()) {
      case "job" -> UUID.fromString(topic.key());
      case "schedule" -> {
        var job = client.schedule(Long.parseLong(topic.key())).jobId();
        if (job == null) {
          throw new IllegalArgumentException(word + " has no job");
        }
        yield job;
      }
      default -> throw new IllegalArgumentException(word + " is neither a job nor a schedule");
    };
  }
}
