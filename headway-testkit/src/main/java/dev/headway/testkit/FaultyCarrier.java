package dev.headway.testkit;

import dev.headway.core.bus.Carrier;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A node's carrier whose links fail whenever a test says so. Safe for use by any thread. */
public final class FaultyCarrier implements Carrier {
  private final Carrier carrier;
  private final Set<Receiver> receivers = ConcurrentHashMap.newKeySet();
  private volatile boolean silent;
  private volatile boolean away;

  /** Carries over {@code carrier}, without fault until told otherwise. */
  public FaultyCarrier(Carrier carrier) {
    this.carrier = carrier;
  }

  /** Loses every message of this node or to it, without a word, or no longer. */
  public void silence(boolean on) {
    silent = on;
  }

  /** Ends this node's links and opens no new one, or opens them again. */
  public void away(boolean on) {
    away = on;
    if (on) {
      receivers.forEach(receiver -> receiver.lost("cut off"));
    }
  }

  @Override
  public String description() {
    return carrier.description();
  }

  @Override
  public int partitions() {
    return carrier.partitions();
  }

  @Override
  public int longest() {
    return carrier.longest();
  }

  @Override
  public boolean carriesProgress() {
    return carrier.carriesProgress();
  }

  @Override
  public Link open(Receiver receiver) throws IOException {
    if (away) {
      throw new IOException("cannot be reached");
    }
    var link = carrier.open(hearing(receiver));
    receivers.add(receiver);
    return new Link() {
      @Override
      public void send(int partition, String message) throws IOException {
        if (!silent) {
          link.send(partition, message);
        }
      }

      @Override
      public void close() {
        receivers.remove(receiver);
        link.close();
      }
    };
  }

  private Receiver hearing(Receiver receiver) {
    return new Receiver() {
      @Override
      public void received(String message) {
        if (!silent) {
          receiver.received(message);
        }
      }

      @Override
      public void lost(String reason) {
        receiver.lost(reason);
      }
    };
  }
}
