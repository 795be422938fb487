package dev.headway.cli;

import dev.headway.client.http.Json;
import dev.headway.client.stream.Event;
import dev.headway.client.stream.JobState;
import dev.headway.client.stream.Refusal;
import dev.headway.client.stream.Snapshot;
import dev.headway.client.stream.Topic;
import dev.headway.client.stream.WatchListener;
import java.io.PrintStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A listener that prints every event as a line of JSON, in the form of the server's own lines. */
final class JsonListener implements WatchListener {
  private final PrintStream out;
  private final Set<Topic> awaited;
  private final Map<Topic, JobState> states = new LinkedHashMap<>();
  private final CompletableFuture<Map<Topic, JobState>> allEnded = new CompletableFuture<>();

  JsonListener(PrintStream out, Collection<Topic> topics) {
    this.out = out;
    this.awaited = new LinkedHashSet<>(topics);
  }

  CompletableFuture<Map<Topic, JobState>> allEnded() {
    return allEnded;
  }

  @Override
  public void onSnapshot(Snapshot snapshot) {
    var line = Json.object().put("topic", snapshot.topic().toString());
    line.put("cursor", snapshot.cursor()).put("type", "snapshot").set("data", snapshot.state());
    out.println(line);
    keep(JobState.of(snapshot));
  }

  @Override
  public void onEvent(Event event) {
    var line = Json.object().put("topic", event.topic().toString()).put("cursor", event.cursor());
    line.put("type", event.type()).put("at", String.valueOf(event.at())).set("data", event.data());
    if (event.conflated() > 0) {
      line.put("conflated", event.conflated());
    }
    out.println(line);
    keep(states.getOrDefault(event.topic(), JobState.waiting(event.topic())).after(event));
  }

  @Override
  public void onRefused(Refusal refusal) {
    var line = Json.object().put("topic", refusal.topic().toString());
    out.println(line.put("type", "refused").put("code", refusal.code()));
    ended(refusal.topic());
  }

  private void keep(JobState state) {
    states.put(state.topic(), state);
    if (state.topic().ends() && state.status().ended()) {
      ended(state.topic());
    }
  }

  private void ended(Topic topic) {
    awaited.remove(topic);
    if (awaited.isEmpty()) {
      allEnded.complete(new LinkedHashMap<>(states));
    }
  }
}
