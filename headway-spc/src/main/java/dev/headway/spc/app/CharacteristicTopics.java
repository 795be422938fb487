package dev.headway.spc.app;

import dev.headway.core.account.Principal;
import dev.headway.core.topic.Topic;
import dev.headway.core.topic.TopicName;
import dev.headway.server.stream.TopicKind;
import dev.headway.spc.live.LiveCharts;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The topics {@code characteristic:{id}}: the installation's, so every user may watch them, and a
 * watch token those that it names.
 */
final class CharacteristicTopics implements TopicKind {
  private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");

  private final LiveCharts charts;

  CharacteristicTopics(LiveCharts charts) {
    this.charts = charts;
  }

  @Override
  public String kind() {
    return LiveCharts.TOPIC_KIND;
  }

  @Override
  public Optional<Watchable> find(TopicName name, Principal who) {
    return ID.matcher(name.id()).matches()
        ? find(Long.parseLong(name.id()), who)
            .map(topic -> new Watchable(topic, new CharacteristicDialect(name)))
        : Optional.empty();
  }

  /** The topic of a characteristic, if it exists and the principal may watch it. */
  Optional<Topic> find(long id, Principal who) {
    return mayWatch(id, who) ? charts.topic(id) : Optional.empty();
  }

  private static boolean mayWatch(long id, Principal who) {
    return switch (who) {
      case Principal.Known _, Principal.Anonymous _ -> true;
      case Principal.Watcher watcher ->
          watcher.topics().contains(LiveCharts.topicName(id).toString());
    };
  }
}
