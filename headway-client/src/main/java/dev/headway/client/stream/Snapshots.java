package dev.headway.client.stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Snapshots that come in parts. */
final class Snapshots {
  private Snapshots() {}

  /** Adds a part: its lists go on where those of the parts before ended. */
  static void join(ObjectNode whole, JsonNode part) {
    for (var property : part.properties()) {
      var before = whole.get(property.getKey());
      if (before instanceof ArrayNode list && property.getValue() instanceof ArrayNode more) {
        list.addAll(more);
      } else {
        whole.set(property.getKey(), property.getValue().deepCopy());
      }
    }
  }
}
