package dev.headway.server.stream;

import dev.headway.core.account.Principal;
import dev.headway.core.topic.TopicName;
import dev.headway.server.stream.TopicKind.Watchable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds topics of all kinds by name. Thread-safe; may block. */
public final class Topics {
  private final Map<String, TopicKind> kinds;

  /** Topics of these kinds. */
  public Topics(List<TopicKind> kinds) {
    this.kinds =
        kinds.stream().collect(Collectors.toUnmodifiableMap(TopicKind::kind, Function.identity()));
  }

  /** The topic of that name, if it exists and the principal may watch it. */
  public Optional<Watchable> find(String name, Principal who) {
    return TopicName.parse(name)
        .flatMap(topic ->
            Optional.ofNullable(kinds.get(topic.kind())).flatMap(kind -> kind.find(topic, who)));
  }
}
