package dev.headway.server.transport.socket;

import dev.headway.server.socket.ConnectionLimits.Slot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The slots that a connection takes up in the limits of connections. Used on the connection's event
 * loop.
 */
final class ConnectionSlots {
  /** One or two: immutable, so that it takes little memory. */
  private List<Slot> kept = List.of();

  private @Nullable Slot unverified;

  /** Keeps a slot until the connection is gone. */
  void keep(Slot slot) {
    var more = new ArrayList<>(kept);
    more.add(slot);
    kept = List.copyOf(more);
  }

  /** Keeps a slot until the client is verified, or the connection is gone. */
  void keepUntilVerified(Slot slot) {
    unverified = slot;
  }

  /** Gives back the slot of an unverified client. */
  void verified() {
    if (unverified != null) {
      unverified.release();
      unverified = null;
    }
  }

  /** Gives back all slots. */
  void release() {
    kept.forEach(Slot::release);
    kept = List.of();
    verified();
  }
}
