package dev.headway.server.http.contract;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import dev.headway.core.error.Defect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Translates the errors of a schema into messages that name the value and the remedy.
 *
 * @param schema the root of the schema, to look up what surrounds a failed keyword
 */
record SchemaDefects(JsonNode schema) {
  private static final Set<String> CHOICES = Set.of("anyOf", "oneOf");

  /** All defects, one a place and keyword, in the order of the schema. */
  List<Defect> of(List<Error> errors) {
    var defects = new LinkedHashSet<Defect>();
    var choices = new LinkedHashMap<String, List<Error>>();
    for (var error : errors) {
      var choice = choice(error);
      if (choice.isEmpty()) {
        defects.add(Defect.ofField(field(error), message(error)));
      } else {
        choices.computeIfAbsent(choice, _ -> new ArrayList<>()).add(error);
      }
    }
    choices.values().forEach(alternatives -> defects.add(noneOf(alternatives)));
    return List.copyOf(defects);
  }

  /** The place of the outermost choice that an error lies within; empty for none. */
  private static String choice(Error error) {
    var path = error.getEvaluationPath();
    for (var i = 0; i < path.getNameCount(); i++) {
      if (CHOICES.contains(String.valueOf(path.getElement(i)))) {
        return prefix(path, i) + " " + holder(error);
      }
    }
    return "";
  }

  private static String prefix(NodePath path, int length) {
    var text = new StringBuilder();
    for (var i = 0; i < length; i++) {
      text.append('/').append(path.getElement(i));
    }
    return text.toString();
  }

  /** The value that a choice is about, as far as array items are concerned. */
  private static String holder(Error error) {
    var path = error.getInstanceLocation();
    var last = 0;
    for (var i = 0; i < path.getNameCount(); i++) {
      last = path.getElement(i) instanceof Integer ? i + 1 : last;
    }
    return prefix(path, last);
  }

  private Defect noneOf(List<Error> alternatives) {
    var shortest =
        alternatives.stream()
            .min((a, b) ->
                a.getInstanceLocation().getNameCount() - b.getInstanceLocation().getNameCount())
            .orElseThrow();
    var reasons =
        alternatives.stream().map(this::message).distinct().collect(Collectors.joining("; or: "));
    return Defect.ofField(name(shortest.getInstanceLocation()), reasons);
  }

  private String field(Error error) {
    var holder = name(error.getInstanceLocation());
    var property =
        error.getKeyword().equals("dependentRequired")
            ? String.valueOf(error.getArguments()[0])
            : error.getProperty();
    return property == null ? holder : holder.isEmpty() ? property : holder + "." + property;
  }

  private static String name(NodePath path) {
    var text = new StringBuilder();
    for (var i = 0; i < path.getNameCount(); i++) {
      var element = path.getElement(i);
      if (element instanceof Integer index) {
        text.append('[').append(index).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(element);
      }
    }
    return text.toString();
  }

  private String message(Error error) {
    var field = field(error);
    var name = field.isEmpty() ? "The body" : field;
    var limit = error.getSchemaNode() == null ? "" : plain(error.getSchemaNode());
    var keyword = String.valueOf(error.getKeyword());
    return switch (keyword) {
      case "required", "dependentRequired" -> name + " is missing";
      case "type" -> subject(name, error) + " must be " + types(error.getSchemaNode());
      case "enum" -> subject(name, error) + " must be one of " + limit;
      case "const" -> subject(name, error) + " must be " + limit;
      case "minimum" -> subject(name, error) + " must be at least " + limit;
      case "maximum" -> subject(name, error) + " must be at most " + limit;
      case "exclusiveMinimum" -> subject(name, error) + " must be above " + limit;
      case "exclusiveMaximum" -> subject(name, error) + " must be below " + limit;
      case "multipleOf" -> subject(name, error) + " must be a multiple of " + limit;
      case "minLength" -> "%s must have at least %s characters".formatted(name, limit);
      case "maxLength" -> "%s must have at most %s characters".formatted(name, limit);
      case "minItems" -> "%s must have at least %s entries".formatted(name, limit);
      case "maxItems" -> "%s must have at most %s entries".formatted(name, limit);
      case "uniqueItems" -> twice(name, error);
      case "format" -> subject(name, error) + " must be " + format(limit);
      case "pattern" -> subject(name, error) + " must match " + limit;
      case "additionalProperties", "unevaluatedProperties" -> unknown(name, error);
      default -> name + ": " + error.getMessage();
    };
  }

  /** The field with its value, unless that is a secret. */
  private String subject(String name, Error error) {
    var value = error.getInstanceNode();
    return value == null || surroundings(error).path("writeOnly").asBoolean(false)
        ? name
        : "%s (%s)".formatted(name, Excerpt.json(value));
  }

  private static String twice(String name, Error error) {
    var seen = new LinkedHashSet<JsonNode>();
    var doubled = new LinkedHashSet<String>();
    for (var entry : error.getInstanceNode()) {
      if (!seen.add(entry)) {
        doubled.add(Excerpt.json(entry));
      }
    }
    return "%s holds %s twice; name each once".formatted(name, String.join(", ", doubled));
  }

  private String unknown(String name, Error error) {
    var known = surroundings(error).path("properties").propertyNames();
    return Defect.ofUnknown(name, known).message();
  }

  /** The schema that the failed keyword belongs to. */
  private JsonNode surroundings(Error error) {
    var path = error.getSchemaLocation().getFragment();
    var node = schema;
    for (var i = 0; i < path.getNameCount() - 1; i++) {
      var element = path.getElement(i);
      node =
          element instanceof Integer index ? node.path(index) : node.path(String.valueOf(element));
    }
    return node;
  }

  private static String types(JsonNode type) {
    var names =
        type.isArray()
            ? type.values().stream().map(JsonNode::asString).toList()
            : List.of(type.asString());
    return names.stream().map(SchemaDefects::type).collect(Collectors.joining(" or "));
  }

  private static String type(String name) {
    return switch (name) {
      case "integer" -> "a whole number";
      case "number" -> "a number";
      case "string" -> "a text";
      case "boolean" -> "true or false";
      case "array" -> "a list";
      case "object" -> "an object";
      default -> name;
    };
  }

  private static String format(String name) {
    return switch (name) {
      case "uuid" -> "a UUID, for example 01980a3c-6b1e-7c41-9d0e-2f4a5b6c7d8e";
      case "date-time" -> "an ISO 8601 time with a zone, for example 2026-01-31T08:00:00Z";
      case "uri" -> "an absolute URL";
      default -> "a valid " + name;
    };
  }

  private static String plain(JsonNode node) {
    return node.isArray()
        ? node.values().stream().map(SchemaDefects::plain).collect(Collectors.joining(", "))
        : node.isString() ? node.asString() : node.toString();
  }
}
