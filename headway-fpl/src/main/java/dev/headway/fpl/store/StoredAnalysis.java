package dev.headway.fpl.store;

import dev.headway.core.topic.TopicName;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An analysis that somebody asked for.
 *
 * @param id its own, and that of the job that does it
 * @param owner the user's id; null for anonymous work
 * @param teamId the team that is analysed
 */
public record StoredAnalysis(UUID id, @Nullable Long owner, int teamId) {
  /** The kind of its topic. */
  public static final String TOPIC_KIND = "analysis";

  /** Its topic. */
  public TopicName topic() {
    return new TopicName(TOPIC_KIND, id.toString());
  }

  /** Every topic name that it goes by. */
  public Set<String> topics() {
    return Set.of(topic().toString(), TopicName.ofJob(id).toString());
  }
}
