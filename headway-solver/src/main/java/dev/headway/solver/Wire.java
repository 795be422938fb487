package dev.headway.solver;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lines between the two processes: JSON text sequences (RFC 7464). The record separator sets
 * them apart from whatever else native code prints to the same stream.
 *
 * <p>To the child: {@code {"solve": class name, "input": …}}, {@code {"stop": true}}. From it:
 * {@code {"event": …}}, then one of {@code {"result": …}}, {@code {"unavailable": text}}, {@code
 * {"failed": text}}.
 */
final class Wire {
  static final String SOLVE = "solve";
  static final String INPUT = "input";
  static final String STOP = "stop";
  static final String EVENT = "event";
  static final String RESULT = "result";
  static final String UNAVAILABLE = "unavailable";
  static final String FAILED = "failed";

  private static final char SEPARATOR = '\u001e';
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private Wire() {}

  static ObjectNode message() {
    return MAPPER.createObjectNode();
  }

  static String line(JsonNode message) {
    return SEPARATOR + MAPPER.writeValueAsString(message) + "\n";
  }

  /** The message in a line, if it has one. */
  static Optional<JsonNode> parse(String line) {
    var start = line.lastIndexOf(SEPARATOR);
    if (start < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readTree(line.substring(start + 1)));
    } catch (JacksonException garbled) {
      return Optional.empty();
    }
  }
}
