package dev.headway.client.stream;

import dev.headway.client.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The listeners and the cursor of each watched topic. Confined to the stream's loop. */
final class Subscriptions {
  private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

  private final Map<Topic, Subscription> byTopic = new LinkedHashMap<>();
  private final Map<Topic, Snapshot> arriving = new LinkedHashMap<>();

  /** A topic that is watched. */
  private static final class Subscription {
    private final Set<WatchListener> listeners = new LinkedHashSet<>();
    private final Set<WatchListener> newcomers = new LinkedHashSet<>();
    private JobState state;
    private boolean stateKnown;
    private @Nullable String cursor;
    private boolean logs;
    private boolean ended;

    Subscription(Interest interest) {
      this.state = JobState.waiting(interest.topic());
      this.cursor = interest.after();
      this.logs = interest.logs();
    }

    Interest interest() {
      return new Interest(state.topic(), cursor, logs);
    }

    Snapshot snapshot() {
      return new Snapshot(state.topic(), cursor, state.fields());
    }
  }

  /**
   * Adds a listener. One that comes to work which is watched already gets its state from here, so
   * that those who were there before miss nothing.
   *
   * @return what to ask the server for; null when it need not be asked
   */
  @Nullable Interest add(Interest interest, WatchListener listener) {
    var topic = interest.topic();
    var known = byTopic.get(topic);
    if (known == null) {
      var subscription = new Subscription(interest);
      subscription.listeners.add(listener);
      byTopic.put(topic, subscription);
      return subscription.interest();
    }
    known.listeners.add(listener);
    var moreLogs = interest.logs() && !known.logs;
    known.logs |= interest.logs();
    if (!topic.ends()) {
      // A feed's state is not kept here: everybody gets it anew.
      return Interest.in(topic);
    }
    if (known.stateKnown) {
      tell(List.of(listener), newcomer -> newcomer.onSnapshot(known.snapshot()));
    } else {
      known.newcomers.add(listener);
    }
    return moreLogs ? known.interest() : null;
  }

  /** Removes a listener from a topic and says whether nobody watches it any more. */
  boolean remove(Topic topic, WatchListener listener) {
    var subscription = byTopic.get(topic);
    if (subscription == null) {
      return false;
    }
    subscription.listeners.remove(listener);
    subscription.newcomers.remove(listener);
    return subscription.listeners.isEmpty() && byTopic.remove(topic) != null;
  }

  /** The topics of a listener. */
  List<Topic> topicsOf(WatchListener listener) {
    return byTopic.entrySet().stream()
        .filter(entry -> entry.getValue().listeners.contains(listener))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether there are no subscriptions. */
  boolean isEmpty() {
    return byTopic.isEmpty();
  }

  /** The topics to watch again after a reconnect: those that have not ended, from their cursors. */
  Collection<Interest> outstanding() {
    var interests = new ArrayList<Interest>();
    byTopic.forEach((topic, subscription) -> {
      if (!subscription.ended) {
        interests.add(subscription.interest());
      }
    });
    return interests;
  }

  /** Calls every listener once. */
  void tellAll(Consumer<WatchListener> news) {
    var all = new LinkedHashSet<WatchListener>();
    byTopic.values().forEach(subscription -> all.addAll(subscription.listeners));
    tell(all, news);
  }

  /**
   * Takes the reply to a watch request. A large one comes in parts, and so may a large snapshot:
   * the parts are told together.
   */
  void watching(JsonNode reply) {
    reply.path("watching").forEach(this::watchingOne);
    reply.path("refused").forEach(this::refused);
    if (!reply.path("more").asBoolean(false)) {
      arriving.values().forEach(this::arrived);
      arriving.clear();
    }
  }

  private void watchingOne(JsonNode entry) {
    var topic = Topic.parse(entry.path("topic").asString());
    if (entry.path("recovered").asBoolean(false)) {
      recovered(topic);
      return;
    }
    var before = arriving.get(topic);
    var state = before == null ? Json.object() : (ObjectNode) before.state();
    Snapshots.join(state, entry.path("snapshot"));
    arriving.put(topic, new Snapshot(topic, text(entry.path("cursor")), state));
  }

  private void recovered(Topic topic) {
    var subscription = byTopic.get(topic);
    if (subscription != null) {
      subscription.stateKnown = true;
      tell(subscription.newcomers, newcomer -> newcomer.onSnapshot(subscription.snapshot()));
      subscription.newcomers.clear();
    }
  }

  private void arrived(Snapshot snapshot) {
    var topic = snapshot.topic();
    var subscription = byTopic.get(topic);
    if (subscription == null) {
      return;
    }
    subscription.cursor = snapshot.cursor();
    subscription.state = JobState.of(snapshot);
    subscription.stateKnown = true;
    subscription.newcomers.clear();
    subscription.ended = topic.ends() && subscription.state.status().ended();
    tell(subscription.listeners, listener -> listener.onSnapshot(snapshot));
  }

  private void refused(JsonNode entry) {
    var refusal =
        new Refusal(Topic.parse(entry.path("topic").asString()), entry.path("code").asString(""));
    var subscription = byTopic.remove(refusal.topic());
    if (subscription != null) {
      tell(subscription.listeners, listener -> listener.onRefused(refusal));
    }
  }

  /** Takes an event. */
  void event(JsonNode frame) {
    var event =
        new Event(
            Topic.parse(frame.path("topic").asString()),
            text(frame.path("cursor")),
            frame.path("type").asString(""),
            frame.path("at").isString() ? Json.convert(frame.path("at"), Instant.class) : null,
            frame.path("data"),
            frame.path("conflated").asLong(0));
    var subscription = byTopic.get(event.topic());
    if (subscription == null) {
      return;
    }
    if (event.cursor() != null) {
      subscription.cursor = event.cursor();
    }
    subscription.ended = event.ended();
    if (event.topic().ends()) {
      subscription.state = subscription.state.after(event);
    }
    tell(subscription.listeners, listener -> listener.onEvent(event));
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.asString() : null;
  }

  private static void tell(Collection<WatchListener> listeners, Consumer<WatchListener> news) {
    for (var listener : List.copyOf(listeners)) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("A watch listener failed; it goes on with the next event", e);
      }
    }
  }
}
