package dev.headway.server.stream;

import dev.headway.core.account.Access;
import dev.headway.core.account.Principal;
import dev.headway.core.engine.Feeds;
import dev.headway.core.engine.Feeds.Scope;
import dev.headway.core.topic.TopicName;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The topics {@code user:{id}}: a feed of all that the user may see. An administrator's shows
 * everything; clients without credentials share {@code user:anonymous}.
 */
public final class FeedTopics implements TopicKind {
  private final Feeds feeds;
  private final Access access;

  /** Feeds for a server with these rules of access. */
  public FeedTopics(Feeds feeds, Access access) {
    this.feeds = feeds;
    this.access = access;
  }

  @Override
  public String kind() {
    return "user";
  }

  @Override
  public Optional<Watchable> find(TopicName name, Principal who) {
    return owns(name, who)
        ? Optional.of(
            new Watchable(
                feeds.open(name, new Scope(access.visible(who), null)),
                new JobDialect(name, false, Map.of())))
        : Optional.empty();
  }

  private static boolean owns(TopicName name, Principal who) {
    return switch (who) {
      case Principal.Anonymous _ -> name.id().equals("anonymous");
      case Principal.Known known -> name.id().equals(Objects.toString(known.userId()));
      case Principal.Watcher watcher -> watcher.topics().contains(name.toString());
    };
  }
}
