package dev.headway.client.stream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what it hears. */
final class RecordingListener implements WatchListener {
  final List<Snapshot> snapshots = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  final List<Refusal> refusals = new ArrayList<>();
  final List<ConnectionState> states = new ArrayList<>();

  @Override
  public void onSnapshot(Snapshot snapshot) {
    snapshots.add(snapshot);
  }

  @Override
  public void onEvent(Event event) {
    events.add(event);
  }

  @Override
  public void onRefused(Refusal refusal) {
    refusals.add(refusal);
  }

  @Override
  public void onConnection(ConnectionState state) {
    states.add(state);
  }

  @Nullable ConnectionState lastState() {
    return states.isEmpty() ? null : states.getLast();
  }
}
