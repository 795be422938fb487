package dev.headway.filling.app;

import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.JsonCodec;
import dev.headway.server.http.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The fields of a request, whether it came as JSON or as a form: in a form, the fields that are not
 * texts are JSON, too.
 *
 * @param values by name
 * @param file the uploaded file; null for none
 * @param defects what could not be read; those who look at values add to it
 */
record RequestFields(
    Map<String, JsonNode> values, Request.@Nullable Part file, List<Defect> defects) {
  private static final Set<String> JSON_FIELDS = Set.of("config", "lots_data");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  static RequestFields of(Request request) {
    return switch (request.body()) {
      case Request.Body.Json(var body) -> ofJson(body);
      case Request.Body.Form(var parts) -> ofForm(parts);
      case Request.Body.Raw _, Request.Body.Stored _, Request.Body.Empty _ ->
          throw new HeadwayException(
              ErrorCode.INVALID_INPUT,
              "The body is empty; send JSON with lots_data, or a form with csv_file");
    };
  }

  private static RequestFields ofJson(JsonNode body) {
    if (!body.isObject()) {
      throw new HeadwayException(
          ErrorCode.INVALID_INPUT, "The body must be a JSON object with lots_data");
    }
    var values = new LinkedHashMap<String, JsonNode>();
    body.properties().stream()
        .filter(entry -> !entry.getValue().isNull())
        .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
    return new RequestFields(values, null, new ArrayList<>());
  }

  private static RequestFields ofForm(List<Request.Part> parts) {
    var values = new LinkedHashMap<String, JsonNode>();
    var defects = new ArrayList<Defect>();
    Request.@Nullable Part file = null;
    for (var part : parts) {
      if (part.name().equals("csv_file")) {
        file = part;
      } else if (part.name().equals("strategies")) {
        listed(values, part.text());
      } else if (!part.text().isBlank()) {
        values.put(part.name(), value(part, defects));
      }
    }
    return new RequestFields(values, file, defects);
  }

  private static JsonNode value(Request.Part part, List<Defect> defects) {
    var text = NODES.stringNode(part.text());
    if (!JSON_FIELDS.contains(part.name())) {
      return text;
    }
    try {
      return JsonCodec.parse(part.bytes());
    } catch (HeadwayException malformed) {
      var where = malformed.safeMessage().replace("The body", "The field");
      defects.add(Defect.ofField(part.name(), where));
      return NODES.missingNode();
    }
  }

  /** A form's list: the field again and again, a JSON list, or names separated by commas. */
  private static void listed(Map<String, JsonNode> values, String text) {
    var list = NODES.arrayNode();
    var before = values.get("strategies");
    if (before != null) {
      before.values().forEach(list::add);
    }
    var bare = text.strip().replaceAll("^\\[|\\]$", "");
    for (var name : bare.split(",", -1)) {
      list.add(name.strip().replaceAll("^\"|\"$", ""));
    }
    values.put("strategies", list);
  }

  /** Whether the field was there at all, readable or not. */
  boolean has(String name) {
    return values.containsKey(name);
  }

  /** A text, or a default when it is not there or is something else. */
  String text(String name, String otherwise) {
    var value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isString()) {
      refuse(name, "%s must be a text.".formatted(name));
      return otherwise;
    }
    return value.asString();
  }

  /** True or false, which a form spells out; false when it is not there. */
  boolean flag(String name) {
    var value = values.get(name);
    if (value == null) {
      return false;
    }
    var text = value.isBoolean() || value.isString() ? value.asString() : "";
    if (!text.equals("true") && !text.equals("false")) {
      refuse(name, "%s must be true or false.".formatted(name));
    }
    return text.equals("true");
  }

  void refuse(String name, String message) {
    defects.add(Defect.ofField(name, message));
  }
}
