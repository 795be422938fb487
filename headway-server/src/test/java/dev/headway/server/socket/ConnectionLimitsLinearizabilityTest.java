package dev.headway.server.socket;

import dev.headway.core.account.Principal;
import dev.headway.server.limit.Refusals;
import dev.headway.server.socket.ConnectionLimits.Slot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Limits of connections by Lincheck: whoever comes and goes side by side, each is admitted or
 * refused as in some order of theirs; one that is being refused takes nobody's place. Under stress
 * in a build; {@code -Dheadway.lincheck=model} takes the threads through their interleavings one by
 * one.
 */
@Tag("alone")
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "client", gen = IntGen.class, conf = "1:2")
public class ConnectionLimitsLinearizabilityTest {
  private static final boolean MODEL = "model".equals(System.getProperty("headway.lincheck"));

  private final ConnectionLimits limits =
      new ConnectionLimits(new ConnectionLimits.Settings(2, 1, 1), new Refusals());
  private final Map<Integer, Deque<Slot>> slots = new ConcurrentHashMap<>();

  /** Opens a connection of which nothing is known. */
  @Operation
  public boolean open(@Param(name = "thread") int thread) {
    return kept(thread, limits.acquire());
  }

  /** Opens a client's connection to a resource. */
  @Operation
  public boolean openResource(
      @Param(name = "thread") int thread, @Param(name = "client") int client) {
    return kept(thread, limits.acquire(new Principal.Anonymous("192.0.2." + client), "job:1"));
  }

  /** Opens a client's connection to no resource. */
  @Operation
  public boolean openFeed(@Param(name = "thread") int thread, @Param(name = "client") int client) {
    return kept(thread, limits.acquire(new Principal.Anonymous("192.0.2." + client), null));
  }

  /** Closes the thread's connection that was opened last. */
  @Operation
  public boolean close(@Param(name = "thread") int thread) {
    var slot = own(thread).poll();
    if (slot != null) {
      slot.release();
    }
    return slot != null;
  }

  private boolean kept(int thread, @Nullable Slot slot) {
    if (slot != null) {
      own(thread).push(slot);
    }
    return slot != null;
  }

  private Deque<Slot> own(int thread) {
    return slots.computeIfAbsent(thread, _ -> new ArrayDeque<>());
  }

  private static <O extends Options<O, ?>> O small(O options) {
    return options.iterations(5).invocationsPerIteration(300).threads(3).actorsPerThread(2);
  }

  @Test
  void connections_thatComeAndGoSideBySide_haveAnOrder() {
    if (MODEL) {
      small(new ModelCheckingOptions()).check(ConnectionLimitsLinearizabilityTest.class);
    } else {
      small(new StressOptions()).check(ConnectionLimitsLinearizabilityTest.class);
    }
  }
}
