package dev.headway.server.work;

import dev.headway.core.account.Principal;
import dev.headway.core.topic.TopicName;
import dev.headway.server.stream.JobDialect;
import dev.headway.server.stream.TopicKind;
import java.util.Optional;

/**
 * The topics of one kind of resource: second names of their jobs' topics.
 *
 * @param <W> the resources' type
 */
public record WorkTopics<W extends WorkItem>(WorkItems<W> items) implements TopicKind {
  @Override
  public String kind() {
    return items.kind().name();
  }

  @Override
  public Optional<Watchable> find(TopicName name, Principal who) {
    return items
        .watchable(name.id(), who)
        .map(state ->
            new Watchable(
                items.topic(state.item()),
                new JobDialect(name, false, items.kind().ids(state.item()))));
  }
}
