package dev.headway.core.memory;

import dev.headway.core.port.NodeRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** A registry of nodes in one process, for tests. Safe for use by any thread. */
public final class InMemoryNodeRegistry implements NodeRegistry {
  private record Renewed(Entry entry, Instant at) {}

  private final Map<String, Renewed> nodes = new TreeMap<>();
  private final InstantSource clock;

  /** An empty registry. */
  public InMemoryNodeRegistry(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Renewal renew(Entry own) {
    var now = clock.instant();
    var before = nodes.get(own.node());
    var counted = before != null && counts(before, now);
    var same = before != null && before.entry().life().equals(own.life());
    if (before != null && counted && !same && !before.entry().home().equals(own.home())) {
      return new Renewal.Taken(Duration.between(before.at(), now));
    }
    nodes.put(own.node(), new Renewed(own, now));
    var others =
        nodes.values().stream()
            .filter(other -> counts(other, now))
            .map(Renewed::entry)
            .filter(entry -> !entry.node().equals(own.node()))
            .toList();
    return new Renewal.Renewed(now, same && !counted, others);
  }

  private static boolean counts(Renewed entry, Instant now) {
    return entry.at().plus(LIFE).isAfter(now);
  }

  @Override
  public synchronized void remove(Entry own) {
    nodes.computeIfPresent(
        own.node(), (_, known) -> known.entry().life().equals(own.life()) ? null : known);
  }
}
