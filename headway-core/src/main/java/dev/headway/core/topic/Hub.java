package dev.headway.core.topic;

import dev.headway.core.id.IdSource;
import dev.headway.core.setting.Setting;
import dev.headway.core.setting.SettingTree;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The topics that are in memory. A topic is loaded when it is published to or opened, and evicted
 * when it has not been used for the retention time. Where its log is stored, its cursors outlast
 * that; otherwise each life in memory has an epoch of its own. Thread-safe.
 */
public final class Hub {
  /**
   * The limits of what is kept in memory.
   *
   * @param capacity events per topic
   * @param retention how long an unused topic stays
   */
  public record Limits(
      @Setting(
              name = "topics.events",
              preset = "1024",
              min = 16,
              max = 1_000_000,
              text = "How many events of a topic are kept in memory for clients that come back.")
          int capacity,
      @Setting(
              name = "topics.retention-seconds",
              preset = "120",
              min = 10,
              max = 86_400,
              text = "How long a topic that nobody uses stays in memory.")
          Duration retention) {
    /** Everything at its preset. */
    public static final Limits DEFAULT = SettingTree.defaults(Limits.class);
  }

  private final ConcurrentHashMap<TopicName, Topic> topics = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final IdSource ids;
  private final Limits limits;
  private final TopicCounts counts = new TopicCounts();

  /**
   * @param clock stamps events
   * @param ids names the lives of topics whose logs are not stored
   * @param limits how much is kept
   */
  public Hub(InstantSource clock, IdSource ids, Limits limits) {
    this.clock = clock;
    this.ids = ids;
    this.limits = limits;
  }

  /**
   * Appends an event that leads to {@code next}. Callers make sure that one thread publishes to a
   * topic at a time.
   */
  public Event publish(TopicName name, TopicState next, EventBody body) {
    return publish(open(name, () -> next), next, body);
  }

  /** Appends an event to a topic that is at hand. */
  public Event publish(Topic topic, TopicState next, EventBody body) {
    return publish(topic, next, body, clock.instant());
  }

  /** Appends an event of a certain time to a topic that is at hand. */
  public Event publish(Topic topic, TopicState next, EventBody body, Instant at) {
    return topic.append(next, body, at);
  }

  /** The topic if it is in memory; this does not extend its retention. */
  public Optional<Topic> live(TopicName name) {
    return Optional.ofNullable(topics.get(name));
  }

  /**
   * The topic, loaded from its stored state if need be, and kept for the retention time from now
   * on. The loader may block.
   */
  public Topic open(TopicName name, Supplier<? extends TopicState> stored) {
    return open(name, null, stored);
  }

  /** The topic likewise, where its log is stored. */
  public Topic open(
      TopicName name, @Nullable StoredLog log, Supplier<? extends TopicState> stored) {
    var live = topics.computeIfPresent(name, (_, topic) -> used(topic));
    return live == null ? bringToLife(name, log, stored.get()) : live;
  }

  /**
   * The topic if it is in memory, or else one of its stored state that does not stay there: for a
   * publisher who passes by, while nobody can open the topic.
   */
  public Topic passing(TopicName name, StoredLog log, Supplier<? extends TopicState> stored) {
    return live(name).orElseGet(() -> created(name, log, stored.get()));
  }

  private Topic bringToLife(TopicName name, @Nullable StoredLog log, TopicState state) {
    return Objects.requireNonNull(
        topics.compute(name, (key, live) -> live == null ? created(key, log, state) : used(live)));
  }

  private Topic created(TopicName name, @Nullable StoredLog log, TopicState state) {
    var life = log == null ? ids.epoch() : log.life();
    return new Topic(name, life, log, limits.capacity(), state, clock, counts);
  }

  private Topic used(Topic topic) {
    topic.used(clock.instant());
    return topic;
  }

  /** Forgets a topic whose subject was deleted and tells its watchers. */
  public void remove(TopicName name) {
    var topic = topics.remove(name);
    if (topic != null) {
      topic.removed();
    }
  }

  /**
   * Evicts topics that have not been used for the retention time; returns their number.
   *
   * <p>Looks and removes in one step per topic, so that none goes which is being opened: its opener
   * would listen to a topic that nothing is published to any more.
   */
  public int sweep() {
    var moment = clock.instant().minus(limits.retention());
    var gone = 0;
    for (var entry : topics.entrySet()) {
      if (entry.getValue().idleSince(moment) && letGo(entry.getKey(), moment)) {
        gone++;
      }
    }
    return gone;
  }

  private boolean letGo(TopicName name, Instant moment) {
    return topics.computeIfPresent(name, (_, topic) -> topic.idleSince(moment) ? null : topic)
        == null;
  }

  /** The topics of a kind that are in memory. */
  public List<Topic> live(String kind) {
    return topics.values().stream().filter(topic -> topic.name().kind().equals(kind)).toList();
  }

  /** The topics of a kind that have watchers. */
  public List<TopicName> watched(String kind) {
    return topics.entrySet().stream()
        .filter(entry -> entry.getKey().kind().equals(kind) && entry.getValue().watched())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The counts of what happened in the topics since the start. */
  public TopicCounts counts() {
    return counts;
  }

  /** The number of topics in memory. */
  public int size() {
    return topics.size();
  }
}
