package dev.headway.filling.store;

import dev.headway.core.topic.TopicName;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schedule or comparison that somebody asked for.
 *
 * @param kind which of the two
 * @param id its number, from 1 for each kind
 * @param job does the work
 * @param owner the user's id; null for anonymous work
 * @param name how its owner calls it
 * @param strategies by name
 */
public record Task(
    TaskKind kind, long id, UUID job, @Nullable Long owner, String name, List<String> strategies) {
  /** Takes a copy. */
  public Task {
    strategies = List.copyOf(strategies);
  }

  /** Every topic name that it goes by. */
  public Set<String> topics() {
    return Set.of(kind.topic(id).toString(), TopicName.ofJob(job).toString());
  }
}
