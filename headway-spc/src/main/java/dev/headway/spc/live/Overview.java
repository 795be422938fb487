package dev.headway.spc.live;

import dev.headway.core.topic.EventBody;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Topic;
import dev.headway.core.topic.TopicName;
import dev.headway.core.topic.TopicState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The topic {@code characteristics:all}: one event for what has changed at many characteristics
 * since the last {@link #tick}, however much that was. Safe for use by any thread; may block.
 */
public final class Overview {
  /** The kind of the topic. */
  public static final String TOPIC_KIND = "characteristics";

  /** The name of the topic. */
  public static final TopicName NAME = new TopicName(TOPIC_KIND, "all");

  /** So many characteristics fit into an event's frame. */
  private static final int PORTION = 25;

  private final LiveCharts charts;
  private final Hub hub;

  /**
   * @param charts whose changes are told
   * @param hub publishes them
   */
  public Overview(LiveCharts charts, Hub hub) {
    this.charts = charts;
    this.hub = hub;
  }

  /** The state of the topic: nothing, since the characteristics of a plant do not fit a frame. */
  public enum Present implements TopicState {
    /** The only one. */
    STATE;

    @Override
    public boolean ended() {
      return false;
    }
  }

  /**
   * Some characteristics have changed.
   *
   * @param states of those that exist
   * @param deleted the numbers of those that were deleted
   */
  public record Changed(List<CharacteristicState> states, List<Long> deleted) implements EventBody {
    /** Takes copies. */
    public Changed {
      states = List.copyOf(states);
      deleted = List.copyOf(deleted);
    }

    @Override
    public String type() {
      return "overview";
    }

    @Override
    public @Nullable String conflationKey() {
      return null;
    }

    @Override
    public boolean ended() {
      return false;
    }
  }

  /** The topic, brought to life if need be. */
  public Topic topic() {
    return hub.open(NAME, () -> Present.STATE);
  }

  /** Tells watchers of what has changed since the last time; does nothing while there are none. */
  public void tick() {
    var changed = charts.takeChanged();
    hub.live(NAME).ifPresent(topic -> publish(topic, changed));
  }

  private void publish(Topic topic, List<Long> changed) {
    for (var from = 0; from < changed.size(); from += PORTION) {
      var portion = changed.subList(from, Math.min(changed.size(), from + PORTION));
      hub.publish(topic, Present.STATE, present(portion));
    }
  }

  private Changed present(List<Long> ids) {
    var states = new ArrayList<CharacteristicState>();
    var deleted = new ArrayList<Long>();
    for (var id : ids) {
      charts.present(id).ifPresentOrElse(states::add, () -> deleted.add(id));
    }
    return new Changed(states, deleted);
  }
}
