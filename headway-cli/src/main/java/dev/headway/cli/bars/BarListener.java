package dev.headway.cli.bars;

import dev.headway.client.stream.ConnectionState;
import dev.headway.client.stream.Event;
import dev.headway.client.stream.JobState;
import dev.headway.client.stream.Refusal;
import dev.headway.client.stream.Snapshot;
import dev.headway.client.stream.Topic;
import dev.headway.client.stream.WatchListener;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A listener that shows each watched topic as a bar, until all of them have ended. */
public final class BarListener implements WatchListener {
  private final Bars bars;
  private final Function<Topic, String> labels;
  private final Set<Topic> awaited = new LinkedHashSet<>();
  private final Map<Topic, JobState> states = new LinkedHashMap<>();
  private final CompletableFuture<Map<Topic, JobState>> allEnded = new CompletableFuture<>();

  /**
   * @param topics what will be watched, and is to end
   * @param labels what to call each of them
   */
  public BarListener(Bars bars, Collection<Topic> topics, Function<Topic, String> labels) {
    this.bars = bars;
    this.labels = labels;
    awaited.addAll(topics);
    awaited.forEach(topic -> keep(JobState.waiting(topic)));
  }

  /**
   * Completes with the last state of each when all have ended; a topic that may not be watched is
   * left out.
   */
  public CompletableFuture<Map<Topic, JobState>> allEnded() {
    return allEnded.copy();
  }

  @Override
  public void onSnapshot(Snapshot snapshot) {
    keep(JobState.of(snapshot));
  }

  @Override
  public synchronized void onEvent(Event event) {
    var before = states.getOrDefault(event.topic(), JobState.waiting(event.topic()));
    keep(before.after(event));
  }

  private synchronized void keep(JobState state) {
    var topic = state.topic();
    states.put(topic, state);
    bars.show(topic.toString(), Bar.of(labels.apply(topic), state));
    if (state.status().ended() && topic.ends()) {
      ended(topic);
    }
  }

  @Override
  public synchronized void onRefused(Refusal refusal) {
    var topic = refusal.topic();
    states.remove(topic);
    var why = refusal.code().equals("NOT_FOUND") ? "not found, or not yours" : refusal.code();
    bars.show(topic.toString(), new Bar(labels.apply(topic), Mark.FAILED, null, "", why, null));
    ended(topic);
  }

  private void ended(Topic topic) {
    awaited.remove(topic);
    if (awaited.isEmpty()) {
      allEnded.complete(new LinkedHashMap<>(states));
    }
  }

  @Override
  public void onConnection(ConnectionState state) {
    switch (state) {
      case ConnectionState.Connected _ -> {
        // What was missed follows by itself; there is nothing to say.
      }
      case ConnectionState.Reconnecting(var after, var reason) ->
          bars.print(
              "Connection lost (%s); trying again in %.1f s"
                  .formatted(reason, after.toMillis() / 1000.0));
      case ConnectionState.Degraded _ ->
          bars.print("The server has lost touch with the other servers; news may come late");
      case ConnectionState.TokenRefused(var reason) ->
          bars.print("The server refused the token (%s): run headway login".formatted(reason));
    }
  }
}
