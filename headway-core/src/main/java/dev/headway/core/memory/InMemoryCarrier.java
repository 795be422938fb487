package dev.headway.core.memory;

import dev.headway.core.bus.Carrier;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A carrier between the servers of one process. Messages arrive in the sender's thread. Safe for
 * use by any thread.
 */
public final class InMemoryCarrier implements Carrier {
  private static final int PARTITIONS = 4;
  private static final int LONGEST = 1_000;

  private final Set<Receiver> receivers = ConcurrentHashMap.newKeySet();

  @Override
  public String description() {
    return "in memory";
  }

  @Override
  public int partitions() {
    return PARTITIONS;
  }

  @Override
  public int longest() {
    return LONGEST;
  }

  @Override
  public boolean carriesProgress() {
    return true;
  }

  @Override
  public Link open(Receiver receiver) {
    receivers.add(receiver);
    return new Link() {
      @Override
      public void send(int partition, String message) {
        receivers.forEach(each -> each.received(message));
      }

      @Override
      public void close() {
        receivers.remove(receiver);
      }
    };
  }
}
