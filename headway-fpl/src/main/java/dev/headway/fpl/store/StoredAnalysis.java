package dev.headway.fpl.store;

import dev.headway.core.topic.TopicName;
import dev.headway.server.work.WorkItem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An analysis that was asked for.
 *
 * @param id its own, and that of the job that does it
 * @param owner the user's id; null for anonymous work
 * @param teamId the team that is analysed
 */
public record StoredAnalysis(UUID id, @Nullable Long owner, int teamId) implements WorkItem {
  /** The kind of its topic. */
  public static final String TOPIC_KIND = "analysis";

  @Override
  public UUID job() {
    return id;
  }

  @Override
  public TopicName topic() {
    return new TopicName(TOPIC_KIND, id.toString());
  }
}
