package dev.headway.core.engine;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.port.NodeRegistry;
import dev.headway.core.port.NodeRegistry.Entry;
import dev.headway.core.port.NodeRegistry.Renewal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * This node's membership among the nodes that share its store. Driven by {@link #tick()}; safe for
 * use by any thread.
 *
 * <p>A node that is alone shows progress before it is stored, because nobody can be shown less of
 * it elsewhere; one of several shows what is stored. A node trusts for {@link #TRUST} that it is
 * alone after it has seen so. A node that joins shows nothing for as long after its entry is
 * written, by when no other trusts that it is alone.
 */
public final class Membership {
  /** A way to let time pass. */
  @FunctionalInterface
  public interface Pause {
    /** Returns after this time. */
    void of(Duration time) throws InterruptedException;
  }

  /** The time between two renewals. */
  public static final Duration PACE = Duration.ofMillis(400);

  /** How long a node counts as alone after it has seen so. */
  public static final Duration TRUST = PACE.multipliedBy(3);

  /**
   * How long a node decides and shows after its last renewal: less than the {@link
   * NodeRegistry#LIFE} after which others count it as gone and may be alone.
   */
  public static final Duration VALID = NodeRegistry.LIFE.minusSeconds(2);

  /** The largest difference between this node's clock and the store's. */
  public static final Duration SKEW = Duration.ofSeconds(5);

  private final NodeRegistry registry;
  private final Entry own;
  private final InstantSource clock;
  private final Supplier<Map<String, Long>> held;
  private volatile Instant seenAlone = Instant.MIN;
  private volatile Instant settlesAt = Instant.MIN;
  private volatile Instant renewedAt = Instant.MIN;
  private volatile Duration ahead = Duration.ZERO;
  private volatile boolean taken;
  private volatile List<Entry> others = List.of();
  private volatile Map<String, Long> elsewhere = Map.of();

  /**
   * @param own the node's entry
   * @param held the connections that others are told of
   */
  public Membership(
      NodeRegistry registry, Entry own, InstantSource clock, Supplier<Map<String, Long>> held) {
    this.registry = registry;
    this.own = own;
    this.clock = clock;
    this.held = held;
  }

  /** The membership of a node that shares its store with no other; the clock is the node's. */
  public static Membership ofOne(InstantSource clock) {
    var nobody = new Entry("", "", "", Map.of());
    return new Membership(NodeRegistry.NONE, nobody, clock, Map::of);
  }

  /** Whether other nodes may share the store. */
  public boolean shared() {
    return !registry.equals(NodeRegistry.NONE);
  }

  /**
   * Registers the node, and returns once no other node trusts any longer that it is alone.
   *
   * @param pause lets time pass
   * @throws HeadwayException CONFLICT when another node has the name, or the clock is wrong
   */
  public void join(Pause pause) throws InterruptedException {
    var last = Duration.ofSeconds(-1);
    while (tick() instanceof Renewal.Taken(var age)) {
      if (age.compareTo(last) <= 0) { // renewed since
        throw new HeadwayException(ErrorCode.CONFLICT, nameTaken(age));
      }
      last = age;
      pause.of(PACE.multipliedBy(2)); // whoever lives has renewed it by then
    }
    if (wrongClock()) {
      leave();
      throw new HeadwayException(ErrorCode.CONFLICT, clockText());
    }
    if (!others.isEmpty()) {
      pause.of(TRUST);
    }
  }

  /** Renews the entry; returns what the registry answered. */
  public Renewal tick() {
    var asked = clock.instant();
    var renewal = registry.renew(new Entry(own.node(), own.home(), own.life(), held.get()));
    switch (renewal) {
      case Renewal.Renewed renewed -> renewed(renewed, asked, clock.instant());
      case Renewal.Taken _ -> taken = true;
    }
    return renewal;
  }

  private void renewed(Renewal.Renewed renewed, Instant asked, Instant answered) {
    taken = false;
    renewedAt = asked;
    others = renewed.others();
    elsewhere = sum(renewed.others());
    ahead = ahead(asked, renewed.now(), answered);
    if (renewed.lapsed() && !others.isEmpty()) {
      settlesAt = answered.plus(TRUST);
    }
    if (others.isEmpty()) {
      seenAlone = asked;
    }
  }

  /* Where the store's clock reads a time between the question and the answer, both may be right. */
  private static Duration ahead(Instant asked, Instant stored, Instant answered) {
    if (asked.isAfter(stored)) {
      return Duration.between(stored, asked);
    }
    return answered.isBefore(stored) ? Duration.between(stored, answered) : Duration.ZERO;
  }

  private static Map<String, Long> sum(List<Entry> entries) {
    var sum = new HashMap<String, Long>();
    entries.forEach(
        entry -> entry.held().forEach((holder, count) -> sum.merge(holder, count, Long::sum)));
    return Map.copyOf(sum);
  }

  /** Whether nobody else can show anything of the store's jobs. */
  public boolean alone() {
    var age = Duration.between(seenAlone, clock.instant());
    return !shared() || (!age.isNegative() && age.compareTo(TRUST) <= 0);
  }

  /**
   * Returns when the node may decide and show something of the store's jobs.
   *
   * @throws HeadwayException UNAVAILABLE when it may not: its clock is wrong, so it would give
   *     leases that have ended or never end; another node has its name; or it was away for so long
   *     that others counted it as gone, and they may not know yet that it is back
   */
  public void requireFit() {
    if (wrongClock()) {
      throw new HeadwayException(ErrorCode.UNAVAILABLE, clockText());
    }
    if (taken) {
      throw new HeadwayException(ErrorCode.UNAVAILABLE, nameTaken(Duration.ZERO));
    }
    requireSettled();
  }

  /**
   * Returns when the node may show something of the store's jobs to a watcher that comes.
   *
   * @throws HeadwayException UNAVAILABLE when others may count it as gone, or may not know yet that
   *     it is back: they may have shown more than is stored
   */
  void requireSettled() {
    var now = clock.instant();
    if (shared() && now.isAfter(renewedAt.plus(VALID))) {
      throw new HeadwayException(
          ErrorCode.UNAVAILABLE,
          "The database has not answered this server for too long; try again");
    }
    if (now.isBefore(settlesAt)) {
      throw new HeadwayException(
          ErrorCode.UNAVAILABLE, "This server was away and has just come back; try again");
    }
  }

  private boolean wrongClock() {
    return ahead.abs().compareTo(SKEW) > 0;
  }

  private String clockText() {
    return "The clock of this server's machine is %d s %s the database's. Set it, for example by NTP"
        .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of");
  }

  private String nameTaken(Duration age) {
    return "Another server on this database has the name %s and was seen %d ms ago. Give one of them another name (server.node)"
        .formatted(own.node(), age.toMillis());
  }

  /** The number of other nodes. */
  public int others() {
    return others.size();
  }

  /** How many connections a holder has at the other nodes, as far as they tell. */
  public long heldElsewhere(String holder) {
    return elsewhere.getOrDefault(holder, 0L);
  }

  /** Removes the entry. */
  public void leave() {
    registry.remove(own);
  }
}
