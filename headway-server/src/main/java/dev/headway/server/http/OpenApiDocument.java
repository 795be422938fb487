package dev.headway.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * The server's OpenAPI 3.1 document with the applications' parts merged into it: the one source of
 * routes, access rules and checks. Immutable once loaded; thread-safe.
 */
public final class OpenApiDocument {
  /** The server's own part. */
  public static final String SERVER = "/dev/headway/server/openapi.yaml";

  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch");

  /** Made on first use: a program that has its document as JSON starts without it. */
  private static final class Yaml {
    static final YAMLMapper MAPPER =
        YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
  }

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
    return load(serverPart(), parts);
  }

  /** The server's own part, read ahead for {@link #load(ObjectNode, List)}. */
  public static ObjectNode serverPart() {
    return read(SERVER);
  }

  /** A part by itself, without what other parts say. */
  static ObjectNode part(String resource) {
    return read(resource);
  }

  /**
   * Merges the applications' parts into the server's own.
   *
   * @param root from {@link #serverPart}; becomes the document's own
   * @param parts as in {@link #load(List)}
   */
  public static OpenApiDocument load(ObjectNode root, List<String> parts) {
    var clashes = new ArrayList<String>();
    for (var part : parts) {
      merge(root, read(part), part, clashes);
    }
    if (!clashes.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", clashes));
    }
    return new OpenApiDocument(root);
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
  JsonNode resolve(JsonNode node) {
    return resolve(root, node);
  }

  /** Path prefixes that mean the same as others. */
  Map<String, String> aliases() {
    var all = new LinkedHashMap<String, String>();
    root.path("x-aliases").properties().forEach(e -> all.put(e.getKey(), e.getValue().asString()));
    return all;
  }

  /** The document as YAML. */
  public byte[] yaml() {
    return Yaml.MAPPER.writeValueAsBytes(root);
  }

  /** The document as JSON. */
  public byte[] json() {
    return JsonCodec.bytes(root);
  }

  /** Reads a part's translation if the program has one, or else the part itself. */
  private static ObjectNode read(String part) {
    var path = part.startsWith("/") ? part : "/" + part;
    try (var json = OpenApiDocument.class.getResourceAsStream(translated(path))) {
      return json == null
          ? readYaml(path)
          : (ObjectNode) JsonCodec.mapper().readTree(json.readAllBytes());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The resource path of a part's translation, see {@link OpenApiTranslation}. */
  static String translated(String part) {
    return part.replaceFirst("\\.yaml$", ".json");
  }

  /** Reads a part as it was written. */
  static ObjectNode readYaml(String part) {
    try (var in = OpenApiDocument.class.getResourceAsStream(part)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "The part of the OpenAPI document (%s) is not on the class path".formatted(part));
      }
      return (ObjectNode) Yaml.MAPPER.readTree(in);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void merge(ObjectNode root, ObjectNode part, String name, List<String> clashes) {
    for (var path : part.path("paths").properties()) {
      add(root.withObject("/paths"), path, name, clashes);
    }
    for (var section : part.path("components").properties()) {
      var components = (ObjectNode) root.path("components");
      add(components, section, name, clashes);
    }
    for (var tag : part.path("tags").values()) {
      root.withArray("/tags").add(tag);
    }
  }

  /** Adds the members of an entry to the entry of the same name. */
  private static void add(
      ObjectNode to, Map.Entry<String, JsonNode> entry, String part, List<String> clashes) {
    var existing = to.get(entry.getKey());
    if (!(existing instanceof ObjectNode target)) {
      to.set(entry.getKey(), entry.getValue());
      return;
    }
    for (var member : entry.getValue().properties()) {
      var before = target.get(member.getKey());
      if (before == null) {
        target.set(member.getKey(), member.getValue());
      } else if (!before.equals(member.getValue())) {
        clashes.add(
            "%s of %s is described differently in %s and in an earlier part; maybe rename it"
                .formatted(member.getKey(), entry.getKey(), part));
      }
    }
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
