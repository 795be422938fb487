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
 * The topics {@code tag:{tag}}: a feed of the jobs with a tag that the caller may see. A tag of
 * other characters than a topic's name has no topic.
 */
public final class TagTopics implements TopicKind {
  private final Feeds feeds;
  private final Access access;

  /** Feeds for a server with these rules of access. */
  public TagTopics(Feeds feeds, Access access) {
    this.feeds = feeds;
    this.access = access;
  }

  @Override
  public String kind() {
    return "tag";
  }

  @Override
  public Optional<Watchable> find(TopicName name, Principal who) {
    if (who instanceof Principal.Watcher watcher && !watcher.topics().contains(name.toString())) {
      return Optional.empty();
    }
    var topic = feeds.open(ofCaller(name, who), new Scope(access.visible(who), name.id()));
    return Optional.of(new Watchable(topic, new JobDialect(name, false, Map.of())));
  }

  /* Who sees the same jobs shares a feed; no name from outside has a slash. */
  private static TopicName ofCaller(TopicName name, Principal who) {
    var viewer = who.admin() ? "all" : Objects.toString(who.userId(), "anonymous");
    return new TopicName(name.kind(), viewer + "/" + name.id());
  }
}
