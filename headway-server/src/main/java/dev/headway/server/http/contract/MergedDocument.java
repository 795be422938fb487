package dev.headway.server.http.contract;

import dev.headway.server.json.JsonCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document of the API while the applications' parts are added to the server's own: paths,
 * channels, operations, tags and components. An {@code anyOf} grows by what a part adds. The parts
 * themselves are not changed: the document shares what it does not add to. For one thread.
 */
final class MergedDocument {
  private static final List<String> SECTIONS = List.of("paths", "channels", "operations");

  private static final String TAGS = "tags";
  private static final String ANY_OF = "anyOf";
  private static final String COMPONENTS = "components";

  private final ObjectNode root;
  private final List<String> clashes = new ArrayList<>();

  /**
   * @param own the server's own part
   */
  MergedDocument(ObjectNode own) {
    this.root = copy(own);
    SECTIONS.forEach(this::copyMember);
    copyMember(COMPONENTS);
    root.set(TAGS, root.withArray("/" + TAGS).deepCopy());
  }

  private void copyMember(String name) {
    if (root.get(name) instanceof ObjectNode shared) {
      root.set(name, copy(shared));
    }
  }

  /* Of the object alone: what its members hold is shared. */
  private static ObjectNode copy(ObjectNode shared) {
    return JsonCodec.mapper().createObjectNode().setAll(shared);
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
    var components = root.withObject("/" + COMPONENTS);
    part.path("components").properties().forEach(entry -> add(components, entry, name));
    part.path("tags").values().forEach(root.withArray("/" + TAGS)::add);
  }

  /**
   * The document.
   *
   * @throws IllegalArgumentException with everything that two parts describe differently
   */
  ObjectNode root() {
    if (!clashes.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", clashes));
    }
    return root;
  }

  /** Adds the members of an entry to the entry of the same name. */
  private void add(ObjectNode to, Map.Entry<String, JsonNode> entry, String part) {
    var existing = to.get(entry.getKey());
    if (!(existing instanceof ObjectNode shared)) {
      to.set(entry.getKey(), entry.getValue());
      return;
    }
    var target = copy(shared);
    to.set(entry.getKey(), target);
    for (var member : entry.getValue().properties()) {
      var before = target.get(member.getKey());
      if (before == null) {
        target.set(member.getKey(), member.getValue());
      } else if (mayJoin(before, member.getValue())) {
        target.set(member.getKey(), joined((ObjectNode) before, member.getValue()));
      } else if (!before.equals(member.getValue())) {
        clashes.add(
            "%s of %s is described differently in %s and in an earlier part; maybe rename it"
                .formatted(member.getKey(), entry.getKey(), part));
      }
    }
  }

  private static boolean mayJoin(JsonNode before, JsonNode part) {
    return before instanceof ObjectNode
        && before.path(ANY_OF).isArray()
        && part.size() == 1
        && part.has(ANY_OF)
        && !before.equals(part);
  }

  private static ObjectNode joined(ObjectNode before, JsonNode part) {
    var both = copy(before);
    var alternatives = both.withArray("/" + ANY_OF).deepCopy();
    part.path(ANY_OF).values().forEach(alternatives::add);
    both.set(ANY_OF, alternatives);
    return both;
  }
}
