package dev.headway.client;

import dev.headway.client.stream.Event;
import dev.headway.client.stream.JobState;
import dev.headway.client.stream.Snapshot;
import dev.headway.client.stream.WatchListener;

/** A listener for cancellations alone. */
final class CancelListener implements WatchListener {
  private final Runnable onCancel;

  CancelListener(Runnable onCancel) {
    this.onCancel = onCancel;
  }

  @Override
  public void onSnapshot(Snapshot snapshot) {
    if (JobState.of(snapshot).cancelRequested()) {
      onCancel.run();
    }
  }

  @Override
  public void onEvent(Event event) {
    if (event.type().equals("cancel_requested")) {
      onCancel.run();
    }
  }
}
