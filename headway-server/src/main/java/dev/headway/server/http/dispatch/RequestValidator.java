package dev.headway.server.http.dispatch;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Request;
import dev.headway.server.http.Request.Body;
import dev.headway.server.http.contract.OpenApiDocument;
import dev.headway.server.http.contract.Operation;
import dev.headway.server.http.contract.RequestSchemas;
import dev.headway.server.json.ClientJson;
import dev.headway.server.json.JsonCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Checks parameters and bodies against the document, all defects at once. Thread-safe. */
public final class RequestValidator {
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");
  private static final Pattern NUMBER =
      Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?([eE][+-]?\\d{1,3})?");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final RequestSchemas schemas;
  private final OpenApiDocument document;

  /** A validator of a document's requests. */
  public RequestValidator(OpenApiDocument document, RequestSchemas schemas) {
    this.document = document;
    this.schemas = schemas;
  }

  /**
   * Checks a request.
   *
   * @param parameters the values of the path's, query's and header's parameters
   * @param mediaType of the body
   * @return the body, a form with its values, and the defects that are left to the handler
   * @throws HeadwayException VALIDATION_ERROR with every defect
   */
  CheckedBody check(Operation operation, Parameters parameters, String mediaType, Body body) {
    var schema = operation.bodySchema(mediaType);
    var read = body instanceof Body.Form(var parts, _) ? form(schema, parts) : body;
    var refused = new ArrayList<>(unknownFilters(operation, parameters.query()));
    refused.addAll(parameterDefects(operation, parameters));
    var left = List.<Defect>of();
    switch (operation.bodyCheck()) {
      case SCHEMA -> refused.addAll(bodyDefects(operation, mediaType, read));
      case HANDLER -> refused.addAll(unknownMembers(schema, read));
      case SCHEMA_AND_HANDLER -> {
        requireObject(read);
        refused.addAll(unknownMembers(schema, read));
        left = refused.isEmpty() ? bodyDefects(operation, mediaType, read) : left;
      }
    }
    if (!refused.isEmpty()) {
      throw HeadwayException.invalid(refused);
    }
    return new CheckedBody(read, left);
  }

  private static void requireObject(Body body) {
    if (body instanceof Body.Json(var value) && !value.isObject()) {
      throw HeadwayException.badInput(List.of(Defect.of("The body must be a JSON object")));
    }
  }

  /** The parameters of the path, the query and the headers, by name. */
  record Parameters(
      Map<String, String> path, Map<String, String> query, Map<String, String> headers) {
    private Map<String, String> in(String place) {
      return switch (place) {
        case "path" -> path;
        case "query" -> query;
        default -> headers;
      };
    }

    private String key(JsonNode parameter) {
      var name = parameter.path("name").asString();
      return parameter.path("in").asString().equals("header")
          ? name.toLowerCase(Locale.ROOT)
          : name;
    }
  }

  /*
   * A filter that is passed over answers another question than the one that was asked. Where there
   * are no filters, a name in the query changes nothing.
   */
  private static List<Defect> unknownFilters(Operation operation, Map<String, String> query) {
    var known =
        operation.parameters().stream()
            .filter(parameter -> parameter.path("in").asString().equals("query"))
            .map(parameter -> parameter.path("name").asString())
            .toList();
    return known.isEmpty() || !operation.method().equals("GET")
        ? List.of()
        : query.keySet().stream()
            .filter(name -> !known.contains(name))
            .map(name -> Defect.ofUnknown(name, known))
            .toList();
  }

  private List<Defect> parameterDefects(Operation operation, Parameters given) {
    if (operation.parameters().isEmpty()) {
      return List.of();
    }
    var values = NODES.objectNode();
    for (var parameter : operation.parameters()) {
      var text = given.in(parameter.path("in").asString()).get(given.key(parameter));
      if (text != null) {
        var name = parameter.path("name").asString();
        values.set(name, value(document.resolve(parameter.path("schema")), text));
      }
    }
    return schemas.defects(operation.id() + " parameters", () -> schemaOf(operation), values);
  }

  private static JsonNode schemaOf(Operation operation) {
    var schema = NODES.objectNode();
    var properties = schema.putObject("properties");
    var required = schema.putArray("required");
    for (var parameter : operation.parameters()) {
      var name = parameter.path("name").asString();
      properties.set(name, parameter.path("schema"));
      if (parameter.path("required").asBoolean(false)) {
        required.add(name);
      }
    }
    return schema;
  }

  private List<Defect> bodyDefects(Operation operation, String mediaType, Body body) {
    var name = operation.id() + " " + mediaType;
    return switch (body) {
      case Body.Json(var value) ->
          schemas.defects(name, () -> operation.bodySchema(mediaType), value);
      case Body.Form form -> formDefects(name, operation.bodySchema(mediaType), form);
      case Body.Raw _, Body.Stored _, Body.Empty _ -> List.of();
    };
  }

  /* A handler that judges the values itself leaves the names to the document. */
  private List<Defect> unknownMembers(JsonNode schema, Body body) {
    var known = document.resolve(schema).path("properties").propertyNames();
    return known.isEmpty()
        ? List.of()
        : names(body)
            .filter(name -> !known.contains(name))
            .distinct()
            .map(name -> Defect.ofUnknown(name, known))
            .toList();
  }

  private static Stream<String> names(Body body) {
    return switch (body) {
      case Body.Json(var value) -> value.propertyNames().stream();
      case Body.Form(var parts, _) -> parts.stream().map(Request.Part::name);
      case Body.Raw _, Body.Stored _, Body.Empty _ -> Stream.empty();
    };
  }

  /** A file counts as being there; its content is the handler's to judge. */
  private List<Defect> formDefects(String name, JsonNode schema, Body.Form form) {
    var files = files(form.parts());
    return schemas.defects(name, () -> schema, form.values()).stream()
        .filter(defect -> defect.field() == null || !files.contains(defect.field()))
        .toList();
  }

  /** A form with its values: the first of each name, and all of a list. */
  private Body.Form form(JsonNode schema, List<Request.Part> parts) {
    var properties = document.resolve(schema).path("properties");
    var files = files(parts);
    var values = NODES.objectNode();
    for (var part : parts) {
      var name = part.name();
      var field = document.resolve(properties.path(name));
      if (files.contains(name) || leftEmpty(field, part.text())) {
        continue;
      }
      var value = value(field, part.text());
      if (values.get(name) instanceof ArrayNode list && value instanceof ArrayNode more) {
        list.addAll(more);
      } else if (!values.has(name)) {
        values.set(name, value);
      }
    }
    return new Body.Form(parts, values);
  }

  private static Set<String> files(List<Request.Part> parts) {
    return parts.stream()
        .filter(part -> part.fileName() != null)
        .map(Request.Part::name)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Whether a form's field was left empty that is to be something else than a text. */
  private static boolean leftEmpty(JsonNode schema, String text) {
    return text.isBlank() && schema.has("type") && !type(schema).equals("string");
  }

  /** The first type of a schema; empty for any. */
  private static String type(JsonNode schema) {
    var type = schema.path("type");
    return type.isArray() ? type.path(0).asString("") : type.asString("");
  }

  /** A text as the JSON value that its schema wants, or as itself when it is not one. */
  private JsonNode value(JsonNode schema, String text) {
    return switch (type(schema)) {
      case "integer" ->
          INTEGER.matcher(text).matches()
              ? NODES.numberNode(Long.parseLong(text))
              : NODES.stringNode(text);
      case "number" ->
          NUMBER.matcher(text).matches()
              ? NODES.numberNode(Double.parseDouble(text))
              : NODES.stringNode(text);
      case "boolean" ->
          text.equals("true") || text.equals("false")
              ? NODES.booleanNode(text.equals("true"))
              : NODES.stringNode(text);
      case "array" -> list(schema, text);
      case "object" -> object(text);
      default -> NODES.stringNode(text);
    };
  }

  private JsonNode list(JsonNode schema, String text) {
    var values = NODES.arrayNode();
    if (text.startsWith("[")) {
      return object(text);
    }
    for (var item : text.split(",", -1)) {
      if (!item.isBlank()) {
        values.add(value(document.resolve(schema.path("items")), item.strip()));
      }
    }
    return values;
  }

  private static JsonNode object(String text) {
    try {
      return ClientJson.admit(JsonCodec.mapper().readTree(text));
    } catch (JacksonException _) {
      return NODES.stringNode(text);
    }
  }
}
