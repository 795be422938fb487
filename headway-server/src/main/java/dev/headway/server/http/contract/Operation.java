package dev.headway.server.http.contract;

import dev.headway.server.path.PathTree;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One operation of the OpenAPI document. Immutable; the nodes are the document's own and must not
 * be changed.
 *
 * @param id the operationId
 * @param method upper case
 * @param template the path, with parameters in braces
 * @param access who may call it
 * @param anonymousToo whether a client that the server serves without a token may, too
 * @param maxBodyBytes the largest body it takes
 * @param mediaTypes of the body that it takes; none when it takes no body
 * @param parameters its own and its path's parameters, references resolved
 * @param definition what the document says of it
 */
public record Operation(
    String id,
    String method,
    String template,
    AccessLevel access,
    boolean anonymousToo,
    long maxBodyBytes,
    List<String> mediaTypes,
    List<JsonNode> parameters,
    JsonNode definition) {
  /** The largest body of an operation that does not say. */
  public static final long DEFAULT_MAX_BODY = 1_048_576;

  /** The longest that an operation may take that does not say: more than a long poll waits. */
  public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(90);

  /** The longest that the handler may take. */
  public Duration limit() {
    return definition.has("x-max-seconds")
        ? Duration.ofSeconds(definition.path("x-max-seconds").asLong())
        : DEFAULT_LIMIT;
  }

  /** Whether a client may have only a few of its requests open at a time. */
  public boolean costly() {
    return definition.path("x-costly").asBoolean(false);
  }

  /** The path's segments: literal text, or a parameter in braces. */
  public List<String> segments() {
    return PathTree.segments(template);
  }

  /** The part that the document's schema and the handler have in the check of a body. */
  public enum BodyCheck {
    /** The schema alone decides whether the handler sees the body. */
    SCHEMA,
    /** The handler is given the schema's defects, and refuses them together with its own. */
    SCHEMA_AND_HANDLER,
    /** The schema says which members there are; their values are the handler's to check. */
    HANDLER
  }

  /** The check of the body's content; {@code x-validated-by} in the document. */
  public BodyCheck bodyCheck() {
    return switch (definition.path("x-validated-by").asString("schema")) {
      case "schema" -> BodyCheck.SCHEMA;
      case "schema and handler" -> BodyCheck.SCHEMA_AND_HANDLER;
      case "handler" -> BodyCheck.HANDLER;
      case String other ->
          throw new IllegalArgumentException(
              "x-validated-by (%s) of %s must be schema, handler or schema and handler"
                  .formatted(other, id));
    };
  }

  /** Whether there must be a body. */
  public boolean bodyRequired() {
    return body().path("required").asBoolean(false);
  }

  /** The schema of a body. */
  public JsonNode bodySchema(String mediaType) {
    return body().path("content").path(mediaType).path("schema");
  }

  private JsonNode body() {
    return definition.path("requestBody");
  }

  static Operation of(String method, String template, JsonNode definition, List<JsonNode> shared) {
    var access = new AccessLevel(definition.path("x-access").asString("user"));
    return new Operation(
        definition.path("operationId").asString(""),
        method,
        template,
        access,
        anonymousToo(definition, access),
        definition.path("x-max-body-bytes").asLong(DEFAULT_MAX_BODY),
        List.copyOf(definition.path("requestBody").path("content").propertyNames()),
        shared,
        definition);
  }

  /** An empty security requirement means that no token is needed (OpenAPI 3.1, section 4.8.10). */
  private static boolean anonymousToo(JsonNode definition, AccessLevel access) {
    if (!definition.has("security")) {
      return !access.equals(AccessLevel.ADMIN);
    }
    return definition.get("security").values().stream().anyMatch(JsonNode::isEmpty);
  }
}
