package dev.headway.server.http.contract;

import dev.headway.server.json.JsonCodec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The server's OpenAPI 3.1 document with the applications' parts merged into it: the one source of
 * routes, access rules and checks. Immutable once loaded; thread-safe.
 */
public final class OpenApiDocument {
  /** The server's own part. */
  public static final String SERVER = "/dev/headway/server/openapi.yaml";

  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch");

  /** The parts that this process has read. Documents share their nodes, and change none. */
  private static final Map<String, ObjectNode> PARTS = new ConcurrentHashMap<>();

  private final ObjectNode root;
  private final Map<String, Operation> operations;

  private OpenApiDocument(ObjectNode root) {
    this.root = root;
    this.operations = collect(root);
  }

  /**
   * Loads the server's document and merges the applications' parts into it.
   *
   * @param parts resource paths of the applications' parts
   * @throws IllegalArgumentException with everything that is wrong: a missing part, a path's method
   *     or a component that two parts describe differently, an operation without an id
   */
  public static OpenApiDocument load(List<String> parts) {
    var merged = new MergedDocument(part(SERVER));
    parts.forEach(part -> merged.add(part(part), part));
    return new OpenApiDocument(merged.root());
  }

  /**
   * The same document in which an operation takes bodies of another size.
   *
   * @throws IllegalArgumentException when there is no such operation
   */
  public OpenApiDocument withMaxBody(String operationId, long bytes) {
    var operation = operations.get(operationId);
    if (operation == null) {
      throw new IllegalArgumentException("The document has no operation " + operationId);
    }
    if (operation.maxBodyBytes() == bytes) {
      return this;
    }
    var changed = root.deepCopy();
    changed
        .withObject("/paths")
        .withObjectProperty(operation.template())
        .withObjectProperty(operation.method().toLowerCase(Locale.ROOT))
        .put("x-max-body-bytes", bytes);
    return new OpenApiDocument(changed);
  }

  /** Reads the server's own part, so that a later {@link #load} finds it read. */
  public static void readAhead() {
    part(SERVER);
  }

  /** A part by itself, without what other parts say. It must not be changed. */
  static ObjectNode part(String resource) {
    return PARTS.computeIfAbsent(resource, YamlCodec::resource);
  }

  /** Every operation by its id, in the document's order. */
  public Map<String, Operation> operations() {
    return operations;
  }

  /** The merged document. It must not be changed. */
  public JsonNode root() {
    return root;
  }

  /** The document's components, which schemas refer to. They must not be changed. */
  JsonNode components() {
    return root.path("components");
  }

  /** A node, or what it refers to. */
  public JsonNode resolve(JsonNode node) {
    return resolve(root, node);
  }

  /** Path prefixes that mean the same as others. */
  public Map<String, String> aliases() {
    var all = new LinkedHashMap<String, String>();
    root.path("x-aliases").properties().forEach(e -> all.put(e.getKey(), e.getValue().asString()));
    return all;
  }

  /** The document as YAML. */
  public byte[] yaml() {
    return YamlCodec.bytes(root);
  }

  /** The document as JSON. */
  public byte[] json() {
    return JsonCodec.bytes(root);
  }

  private static Map<String, Operation> collect(JsonNode root) {
    var all = new LinkedHashMap<String, Operation>();
    for (var path : root.path("paths").properties()) {
      for (var member : path.getValue().properties()) {
        if (METHODS.contains(member.getKey())) {
          var parameters = parameters(root, path.getValue(), member.getValue());
          var method = member.getKey().toUpperCase(Locale.ROOT);
          var operation = Operation.of(method, path.getKey(), member.getValue(), parameters);
          if (operation.id().isEmpty() || all.put(operation.id(), operation) != null) {
            throw new IllegalArgumentException(
                "%s %s needs an operationId of its own, not (%s)"
                    .formatted(method, path.getKey(), operation.id()));
          }
        }
      }
    }
    return Collections.unmodifiableMap(all);
  }

  private static List<JsonNode> parameters(JsonNode root, JsonNode path, JsonNode operation) {
    var all = new LinkedHashMap<String, JsonNode>();
    for (var holder : List.of(path, operation)) {
      for (var parameter : holder.path("parameters").values()) {
        var resolved = resolve(root, parameter);
        all.put(resolved.path("in").asString() + " " + resolved.path("name").asString(), resolved);
      }
    }
    return List.copyOf(all.values());
  }

  private static JsonNode resolve(JsonNode root, JsonNode node) {
    var reference = node.path("$ref").asString("");
    return reference.startsWith("#") ? resolve(root, root.at(reference.substring(1))) : node;
  }
}
