package dev.headway.spc.live;

import dev.headway.core.bus.TopicFollower;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.port.Bus;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Topic;
import dev.headway.core.topic.TopicName;
import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.model.Definition;
import dev.headway.spc.store.SpcStore;
import dev.headway.spc.store.StaleChartException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The charts of all characteristics that were used since the server started. Safe for use by any
 * thread; may block.
 *
 * <p>Lock order: charts in the order of their numbers, then a topic's own lock. A chart stays
 * locked from the judging of a sample to its being published, so that the order of commits is the
 * order of events.
 */
public final class LiveCharts {
  /** The kind of a characteristic's topic. */
  public static final String TOPIC_KIND = "characteristic";

  private static final int ATTEMPTS = 20;

  private final SpcStore store;
  private final Hub hub;
  private final Bus bus;
  private final ConcurrentHashMap<Long, LiveChart> charts = new ConcurrentHashMap<>();
  private final Set<Long> changed = ConcurrentHashMap.newKeySet();

  /**
   * @param store keeps the samples
   * @param hub publishes what happens to characteristics
   * @param bus tells other nodes of it
   */
  public LiveCharts(SpcStore store, Hub hub, Bus bus) {
    this.store = store;
    this.hub = hub;
    this.bus = bus;
    bus.listen(new TopicFollower(TOPIC_KIND, this::follow, this::followOtherNodes));
  }

  /** The name of a characteristic's topic. */
  public static TopicName topicName(long id) {
    return new TopicName(TOPIC_KIND, Long.toString(id));
  }

  /** The error that there is no such characteristic. */
  public static HeadwayException notFound(long id) {
    return HeadwayException.notFound("Characteristic " + id);
  }

  /**
   * The present state of a characteristic, also when another node has changed it; empty when there
   * is none.
   */
  public Optional<CharacteristicState> state(long id) {
    return locked(
        id,
        chart -> {
          refresh(chart);
          return chart.state();
        });
  }

  /** The state of a characteristic as it was read last; empty when there is none. */
  Optional<CharacteristicState> present(long id) {
    return locked(id, LiveChart::state);
  }

  /**
   * Notes that a characteristic has changed, for {@link Overview}; nothing where nobody looks at
   * that.
   */
  void changed(long id) {
    if (isOverviewLive()) {
      changed.add(id);
    }
  }

  private boolean isOverviewLive() {
    return hub.live(Overview.NAME).isPresent();
  }

  /** The characteristics that have changed since the last time, ascending. */
  List<Long> takeChanged() {
    var taken = changed.stream().sorted().toList();
    taken.forEach(changed::remove);
    return taken;
  }

  /** Tells the watchers here of the changes that other nodes have made since the last time. */
  public void followOtherNodes() {
    follow(
        isOverviewLive()
            ? List.copyOf(charts.keySet())
            : hub.watched(TOPIC_KIND).stream().map(name -> Long.valueOf(name.id())).toList());
  }

  private void follow(TopicName rang) {
    if (isOverviewLive() || hub.live(rang).filter(Topic::watched).isPresent()) {
      follow(List.of(Long.valueOf(rang.id())));
    }
  }

  private void follow(List<Long> watched) {
    store
        .characteristics()
        .revisions(watched)
        .forEach((id, revision) -> {
          var _ =
              locked(
                  id,
                  chart -> {
                    var _ = chart.state();
                    if (chart.revision() < revision || chart.isUntold()) {
                      catchUp(chart);
                    }
                    return id;
                  });
        });
  }

  /**
   * Reads a chart anew if another node has changed it, or a write of this one whose answer was
   * lost, and tells its watchers.
   */
  void refresh(LiveChart chart) {
    if (chart.isStale() || chart.isUntold()) {
      catchUp(chart);
    }
  }

  private void catchUp(LiveChart chart) {
    changed(chart.id());
    chart.forget();
    if (!chart.exists()) {
      return;
    }
    var told = chart.told();
    var state = chart.state();
    if (told != null && hub.live(topicName(chart.id())).isPresent()) {
      new RemoteChanges(store).since(told, state).forEach(event -> show(chart, state, event));
    }
    chart.moveTo(state);
  }

  /** The definition of a characteristic, or null. */
  public @Nullable Definition definition(long id) {
    // As it was read last: this is asked for every sample that comes.
    return locked(id, LiveChart::state)
        .map(CharacteristicState::setup)
        .map(ChartSetup::definition)
        .orElse(null);
  }

  /** The topic of a characteristic, brought to life if need be; empty when there is none. */
  public Optional<Topic> topic(long id) {
    return locked(
        id,
        chart -> {
          refresh(chart);
          return hub.open(topicName(id), chart::state);
        });
  }

  /** Does something with a chart that nobody else uses meanwhile; empty when there is none. */
  <T> Optional<T> locked(long id, Function<LiveChart, T> work) {
    var chart = chart(id);
    chart.lock().lock();
    try {
      if (chart.exists()) {
        return Optional.of(retried(List.of(chart), work, chart));
      }
    } finally {
      chart.lock().unlock();
    }
    charts.remove(id, chart);
    return Optional.empty();
  }

  /** Does something anew from the store when another node has changed a chart meanwhile. */
  private <S, T> T retried(List<LiveChart> charts, Function<S, T> work, S subject) {
    for (var attempt = 1; ; attempt++) {
      try {
        return work.apply(subject);
      } catch (StaleChartException stale) {
        charts.forEach(this::catchUp);
        if (attempt == ATTEMPTS) {
          throw new HeadwayException(
              ErrorCode.UNAVAILABLE, "Other nodes change the characteristic all the time", stale);
        }
      }
    }
  }

  private LiveChart chart(long id) {
    return charts.computeIfAbsent(id, number -> new LiveChart(number, store));
  }

  /**
   * Does something with several charts that nobody else uses meanwhile.
   *
   * @param work is given those that exist, ascending
   */
  <T> T lockedAll(Collection<Long> ids, Function<List<LiveChart>, T> work) {
    SortedSet<Long> ascending = new TreeSet<>(ids);
    var locked = new ArrayList<LiveChart>(ascending.size());
    try {
      for (var id : ascending) {
        var chart = chart(id);
        chart.lock().lock();
        locked.add(chart);
      }
      return retried(
          locked, charts -> work.apply(charts.stream().filter(LiveChart::exists).toList()), locked);
    } finally {
      locked.forEach(chart -> chart.lock().unlock());
    }
  }

  /** Reads charts anew that hold samples from before a time, which have been deleted. */
  public void forgetBefore(Instant time) {
    for (var id : List.copyOf(charts.keySet())) {
      var _ =
          locked(
              id,
              chart -> {
                var latest = chart.state().latest();
                if (!latest.isEmpty() && latest.getFirst().sample().timestamp().isBefore(time)) {
                  chart.forget();
                  renew(chart, chart.state());
                }
                return true;
              });
    }
  }

  /**
   * Publishes what has been stored and goes over to the state that it led to; other nodes are told.
   */
  void publish(LiveChart chart, CharacteristicState next, SpcEvent event) {
    show(chart, next, event);
    bus.announce(topicName(chart.id()), chart.revision(), null);
  }

  private void show(LiveChart chart, CharacteristicState next, SpcEvent event) {
    var before = chart.state();
    chart.moveTo(next);
    changed(chart.id());
    hub.publish(hub.open(topicName(chart.id()), () -> before), next, event);
  }

  /** Publishes events that have been stored of a chart whose state is that of the store. */
  void publish(LiveChart chart, List<SpcEvent> events) {
    var state = chart.state();
    events.forEach(event -> publish(chart, state, event));
  }

  /**
   * Publishes what a stored change did to history, after its own events: the violations that were
   * found and withdrawn, as far as they are not too many to tell of one by one, and that history
   * was judged anew. The last event alone moves a returning watcher past the change.
   *
   * @param chart was forgotten, so that its state is that of the store
   * @param found the numbers of the violations that were found, in their order
   * @param before the newest numbers before the change
   */
  void publishRejudged(
      LiveChart chart, Rejudgment.Difference outcome, List<Long> found, Seen before) {
    var state = chart.state();
    var changes = outcome.changes();
    if (changes.begun().size() + changes.withdrawn().size() <= CharacteristicState.OPEN) {
      for (var at = 0; at < found.size(); at++) {
        var violation = changes.begun().get(at).numbered(found.get(at));
        publish(chart, state, new SpcEvent.ViolationBegan(violation, before));
      }
      for (var violation : changes.withdrawn()) {
        publish(chart, state, new SpcEvent.ViolationWithdrawn(violation, before));
      }
    }
    var judged =
        new SpcEvent.JudgedAnew(
            chart.id(),
            outcome.judged(),
            changes.begun().size(),
            changes.withdrawn().size(),
            state.seen());
    publish(chart, state, judged);
  }

  /** Goes over to a state without an event: for changes that the dialects do not tell of. */
  void renew(LiveChart chart, CharacteristicState next) {
    chart.moveTo(next);
    changed(chart.id());
    hub.live(topicName(chart.id())).ifPresent(topic -> topic.renewed(next));
  }

  /** Forgets a characteristic that was deleted and tells its watchers. */
  void remove(LiveChart chart) {
    chart.delete();
    charts.remove(chart.id(), chart);
    changed(chart.id());
    hub.remove(topicName(chart.id()));
  }
}
