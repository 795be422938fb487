package dev.headway.client;

import dev.headway.client.stream.ConnectionState;
import dev.headway.client.stream.Event;
import dev.headway.client.stream.JobState;
import dev.headway.client.stream.Snapshot;
import dev.headway.client.stream.WatchListener;
import dev.headway.testkit.Patience;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Keeps what it hears of one topic, and waits for its end. */
final class Recording implements WatchListener {
  final List<Event> events = new CopyOnWriteArrayList<>();
  final List<Snapshot> snapshots = new CopyOnWriteArrayList<>();
  final BlockingQueue<ConnectionState> states = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> first = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Consumer<Event> onEach;

  Recording() {
    this(event -> {});
  }

  Recording(Consumer<Event> onEach) {
    this.onEach = onEach;
  }

  @Override
  public void onSnapshot(Snapshot snapshot) {
    snapshots.add(snapshot);
    first.complete(null);
    if (JobState.of(snapshot).status().ended()) {
      ended.complete(null);
    }
  }

  @Override
  public void onEvent(Event event) {
    events.add(event);
    first.complete(null);
    onEach.accept(event);
    if (event.ended()) {
      ended.complete(null);
    }
  }

  @Override
  public void onConnection(ConnectionState state) {
    states.add(state);
  }

  void awaitFirst() throws InterruptedException, ExecutionException, TimeoutException {
    first.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
  }

  void awaitEnd() throws InterruptedException, ExecutionException, TimeoutException {
    ended.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
  }

  List<String> lines() {
    return events.stream()
        .filter(event -> event.type().equals("log"))
        .map(event -> event.data().path("text").asString())
        .toList();
  }

  List<String> types() {
    return events.stream().map(Event::type).toList();
  }
}
