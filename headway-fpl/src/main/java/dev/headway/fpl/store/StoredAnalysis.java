package dev.headway.fpl.store;

import dev.headway.core.topic.TopicName;
import dev.headway.server.work.WorkItem;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An analysis that was asked for.
 *
 * @param id its own, and that of the job that does it
 * @param owner the user's id; null for anonymous work
 * @param teamId the team that is analysed
 * @param name what its owner calls it; null for nothing
 */
public record StoredAnalysis(UUID id, @Nullable Long owner, int teamId, @Nullable String name)
    implements WorkItem {
  /** The kind of its topic. */
  public static final String TOPIC_KIND = "analysis";

  @Override
  public UUID job() {
    return id;
  }

  /** The same by another name. */
  public StoredAnalysis named(@Nullable String other) {
    return new StoredAnalysis(id, owner, teamId, other);
  }

  @Override
  public String version() {
    return Objects.requireNonNullElse(name, "");
  }

  @Override
  public TopicName topic() {
    return new TopicName(TOPIC_KIND, id.toString());
  }
}
