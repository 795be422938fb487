package dev.headway.server.http.contract;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import dev.headway.core.error.Defect;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The document's schemas (JSON Schema 2020-12), each compiled when it is first needed: compiling
 * them all would cost more than the whole start-up may take. Thread-safe.
 */
public final class RequestSchemas {
  /** The keyword that leaves the check of a value to the handler, who knows more than a schema. */
  private static final String CHECKED_BY = "x-validated-by";

  private static final Set<String> BOUNDS =
      Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

  private final JsonNode components;
  private final ConcurrentHashMap<String, Compiled> compiled = new ConcurrentHashMap<>();
  private volatile @Nullable SchemaRegistry registry;

  private record Compiled(Schema schema, SchemaDefects words) {}

  /** The schemas of a document. */
  public RequestSchemas(OpenApiDocument document) {
    this(document.components());
  }

  /** Schemas that refer to nothing but themselves. */
  public static RequestSchemas selfContained() {
    return new RequestSchemas(JsonNodeFactory.instance.objectNode());
  }

  private RequestSchemas(JsonNode components) {
    this.components = components;
  }

  /** The schemas of one part, which is read when they are first asked for. */
  static Supplier<RequestSchemas> ofPart(String part) {
    return new Supplier<>() {
      private @Nullable RequestSchemas schemas;

      @Override
      public synchronized RequestSchemas get() {
        var known = schemas;
        if (known == null) {
          known = new RequestSchemas(OpenApiDocument.part(part).path("components"));
          schemas = known;
        }
        return known;
      }
    };
  }

  /**
   * Everything that a schema has against a value.
   *
   * @param name of the schema, under which it is kept
   * @param schema makes it, the first time; references go to the document's components
   */
  public List<Defect> defects(String name, Supplier<JsonNode> schema, JsonNode value) {
    var ready = compiled.computeIfAbsent(name, _ -> compile(schema.get()));
    var errors = ready.schema().validate(value);
    return errors.isEmpty() ? List.of() : ready.words().of(errors);
  }

  /** Wraps the schema together with the components, so that its references resolve. */
  private Compiled compile(JsonNode schema) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.putArray("allOf").add(judged(schema));
    root.set("components", judged(components));
    return new Compiled(registry().getSchema(root), new SchemaDefects(root));
  }

  /**
   * A copy in which only the type is left of what handlers check. Bounds are decimals: the
   * validator would read a number as a long to compare it with a whole one, and fail at 1e300.
   */
  private static JsonNode judged(JsonNode node) {
    if (node instanceof ArrayNode array) {
      var copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> copy.add(judged(item)));
      return copy;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    var copy = JsonNodeFactory.instance.objectNode();
    var handler = object.path(CHECKED_BY).asString("").equals("handler");
    for (var member : object.properties()) {
      if (BOUNDS.contains(member.getKey()) && member.getValue().isNumber()) {
        copy.put(member.getKey(), member.getValue().decimalValue());
      } else if (!handler || member.getKey().equals("type")) {
        copy.set(member.getKey(), judged(member.getValue()));
      }
    }
    return copy;
  }

  private SchemaRegistry registry() {
    var known = registry;
    if (known == null) {
      var config = SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
      known = SchemaRegistry.withDialect(dialect(), with -> with.schemaRegistryConfig(config));
      registry = known;
    }
    return known;
  }

  /** JSON Schema, and what OpenAPI puts beside it (OpenAPI 3.1, section 4.8.24). */
  private static Dialect dialect() {
    return Dialect.builder(
            "https://spec.openapis.org/oas/3.1/dialect/base", Dialects.getDraft202012())
        .keywords(
            Stream.of("components", "discriminator", "example", "externalDocs", "xml")
                .map(NonValidationKeyword::new)
                .toList())
        .build();
  }
}
