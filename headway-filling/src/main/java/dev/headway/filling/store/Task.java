package dev.headway.filling.store;

import dev.headway.core.topic.TopicName;
import dev.headway.server.work.WorkItem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schedule or comparison that was asked for.
 *
 * @param kind which of the two
 * @param id its number, from 1 for each kind
 * @param job does the work
 * @param owner the user's id; null for anonymous work
 * @param name its name, chosen by its owner
 * @param strategies by name
 */
public record Task(
    TaskKind kind, long id, UUID job, @Nullable Long owner, String name, List<String> strategies)
    implements WorkItem {
  /** Takes a copy. */
  public Task {
    strategies = List.copyOf(strategies);
  }

  @Override
  public TopicName topic() {
    return new TopicName(kind.label(), Long.toString(id));
  }
}
