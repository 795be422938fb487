package dev.headway.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document of the API while the applications' parts are added to the server's own: paths,
 * channels, operations, tags and components. An {@code anyOf} grows by what a part adds. For one
 * thread.
 */
final class MergedDocument {
  private static final List<String> SECTIONS = List.of("paths", "channels", "operations");

  private final ObjectNode root;
  private final List<String> clashes = new ArrayList<>();

  /**
   * @param root the server's own part, which becomes the document
   */
  MergedDocument(ObjectNode root) {
    this.root = root;
  }

  /**
   * Adds a part.
   *
   * @param name of its resource, for messages
   */
  void add(ObjectNode part, String name) {
    for (var section : SECTIONS) {
      part.path(section)
          .properties()
          .forEach(entry -> add(root.withObject("/" + section), entry, name));
    }
    var components = root.withObject("/components");
    part.path("components").properties().forEach(entry -> add(components, entry, name));
    part.path("tags").values().forEach(root.withArray("/tags")::add);
  }

  /**
   * Ends the merge.
   *
   * @throws IllegalArgumentException with everything that two parts describe differently
   */
  void requireNoClashes() {
    if (!clashes.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", clashes));
    }
  }

  /** Adds the members of an entry to the entry of the same name. */
  private void add(ObjectNode to, Map.Entry<String, JsonNode> entry, String part) {
    var existing = to.get(entry.getKey());
    if (!(existing instanceof ObjectNode target)) {
      to.set(entry.getKey(), entry.getValue());
      return;
    }
    for (var member : entry.getValue().properties()) {
      var before = target.get(member.getKey());
      if (before == null) {
        target.set(member.getKey(), member.getValue());
      } else if (!before.equals(member.getValue()) && !joined(before, member.getValue())) {
        clashes.add(
            "%s of %s is described differently in %s and in an earlier part; maybe rename it"
                .formatted(member.getKey(), entry.getKey(), part));
      }
    }
  }

  private static boolean joined(JsonNode before, JsonNode part) {
    var alternatives = before.path("anyOf") instanceof ArrayNode known ? known : null;
    if (alternatives == null || part.size() != 1 || !part.has("anyOf")) {
      return false;
    }
    part.path("anyOf").values().forEach(alternatives::add);
    return true;
  }
}
