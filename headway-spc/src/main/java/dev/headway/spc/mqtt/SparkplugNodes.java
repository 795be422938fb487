package dev.headway.spc.mqtt;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The Sparkplug nodes and devices that were heard of: whether they are online, and which metric an
 * alias stands for. Safe for use by any thread.
 */
public final class SparkplugNodes {
  private final ConcurrentHashMap<String, Known> nodes = new ConcurrentHashMap<>();

  private record Known(NodeState state, Map<Long, String> aliases) {}

  /**
   * The state of a node or device.
   *
   * @param node group, edge node and, of a device, its name, separated by slashes
   * @param online whether its last certificate was one of birth
   * @param since when that came
   */
  public record NodeState(String node, boolean online, Instant since) {}

  /**
   * A topic of Sparkplug.
   *
   * @param type such as {@code DDATA}
   * @param edge group and edge node
   * @param node the same with the device, if it is about one
   */
  record Address(String type, String edge, String node) {
    /** The address that a topic is; null when it is none. */
    static @Nullable Address of(String topic) {
      var levels = topic.split("/", -1);
      if (levels.length < 4 || levels.length > 5) {
        return null;
      }
      var edge = levels[1] + "/" + levels[3];
      return new Address(levels[2], edge, levels.length == 5 ? edge + "/" + levels[4] : edge);
    }

    boolean isData() {
      return type.equals("NDATA") || type.equals("DDATA");
    }

    boolean isBirth() {
      return type.equals("NBIRTH") || type.equals("DBIRTH");
    }

    boolean isDeath() {
      return type.equals("NDEATH") || type.equals("DDEATH");
    }
  }

  /** Notes a certificate of birth with the aliases that it gives. */
  void born(Address address, SparkplugPayload payload, Instant now) {
    var aliases = new TreeMap<Long, String>();
    for (var metric : payload.metrics()) {
      if (metric.alias() != 0 && !metric.name().isEmpty()) {
        aliases.put(metric.alias(), metric.name());
      }
    }
    nodes.put(address.node(), new Known(new NodeState(address.node(), true, now), aliases));
  }

  /** Notes a certificate of death; the devices of a node die with it. */
  void died(Address address, Instant now) {
    nodes.replaceAll((node, known) ->
        node.equals(address.node()) || node.startsWith(address.node() + "/")
            ? new Known(new NodeState(node, false, now), known.aliases())
            : known);
    nodes.computeIfAbsent(
        address.node(), node -> new Known(new NodeState(node, false, now), Map.of()));
  }

  /** The name of a metric; null when its alias is not known. */
  @Nullable String name(Address address, SparkplugPayload.Metric metric) {
    if (!metric.name().isEmpty()) {
      return metric.name();
    }
    var known = nodes.get(address.node());
    return known == null ? null : known.aliases().get(metric.alias());
  }

  /** All nodes and devices, in the order of their names. */
  public List<NodeState> list() {
    return nodes.values().stream()
        .map(Known::state)
        .sorted(Comparator.comparing(NodeState::node))
        .toList();
  }
}
