package dev.headway.client.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as the contracts write it: snake_case names, absent rather than null in requests, keys that
 * are not known are ignored. Thread-safe.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private Json() {}

  /** An empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** A value as a tree. */
  public static JsonNode tree(@Nullable Object value) {
    return value == null ? MAPPER.nullNode() : MAPPER.valueToTree(value);
  }

  /**
   * A value as a tree that can be sent.
   *
   * @param name what it is, for the message
   * @throws IllegalArgumentException when JSON cannot hold it, such as NaN or an object without
   *     properties
   */
  public static JsonNode sendable(String name, @Nullable Object value) {
    try {
      var tree = tree(value);
      requireFinite(name, tree);
      return tree;
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "%s cannot be written as JSON: %s".formatted(name, e.getOriginalMessage()), e);
    }
  }

  private static void requireFinite(String name, JsonNode tree) {
    if (tree.isFloatingPointNumber() && !Double.isFinite(tree.asDouble())) {
      throw new IllegalArgumentException("%s holds %s, which JSON has not".formatted(name, tree));
    }
    tree.forEach(part -> requireFinite(name, part));
  }

  /** A value as text. */
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /**
   * Reads text.
   *
   * @throws ProtocolException when it is not JSON
   */
  public static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new ProtocolException("Not JSON: " + start(text), e);
    }
  }

  /**
   * A tree as a typed value.
   *
   * @throws ProtocolException when it has another shape
   */
  public static <T> T convert(JsonNode tree, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JacksonException e) {
      throw new ProtocolException(
          "Not a %s: %s".formatted(type.getSimpleName(), start(tree.toString())), e);
    }
  }

  private static String start(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }
}
