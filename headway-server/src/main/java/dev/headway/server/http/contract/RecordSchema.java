package dev.headway.server.http.contract;

import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.json.JsonCodec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A schema of the OpenAPI document and the record that its values are bound to: for JSON that is
 * kept and read again later. Thread-safe; the document's part is read on first use.
 *
 * @param <T> the record
 */
public final class RecordSchema<T> {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Supplier<RequestSchemas> schemas;
  private final String name;
  private final Class<T> type;

  /**
   * The schema of that name.
   *
   * @param part the resource path of the document's part that has it
   */
  public RecordSchema(String part, String name, Class<T> type) {
    this.schemas = RequestSchemas.ofPart(part);
    this.name = name;
    this.type = type;
  }

  /**
   * A value that was held against its schema.
   *
   * @param value bound without the members that have defects
   * @param defects everything that the schema has against it
   */
  public record Bound<T>(T value, List<Defect> defects) {}

  /**
   * Binds a value.
   *
   * @param field its name in defects, for example {@code config}
   */
  public Bound<T> bind(String field, JsonNode value) {
    var holder = NODES.objectNode();
    holder.set(field, value);
    var defects = schemas.get().defects(name, () -> holderSchema(field), holder);
    return new Bound<>(bind(sound(value, field + ".", defects), type), defects);
  }

  private JsonNode holderSchema(String field) {
    var schema = NODES.objectNode();
    schema.putObject("properties").putObject(field).put("$ref", "#/components/schemas/" + name);
    return schema;
  }

  /**
   * The members of an object that have no defects; none of a value that is no object.
   *
   * @param prefix of the members' names in the defects
   */
  public static JsonNode sound(JsonNode value, String prefix, List<Defect> defects) {
    if (defects.isEmpty() && value.isObject()) {
      return value;
    }
    var unsound = unsound(prefix, defects);
    var sound = NODES.objectNode();
    for (var member : value.properties()) {
      if (!unsound.contains(member.getKey())) {
        sound.set(member.getKey(), member.getValue());
      }
    }
    return sound;
  }

  private static Set<String> unsound(String prefix, List<Defect> defects) {
    var names = new HashSet<String>();
    for (var defect : defects) {
      var path = defect.field();
      if (path != null && path.startsWith(prefix)) {
        names.add(path.substring(prefix.length()).split("[.\\[]", 2)[0]);
      }
    }
    return names;
  }

  /**
   * Binds JSON to a record.
   *
   * @throws HeadwayException INVALID_INPUT when it is not of the record's shape
   */
  public static <T> T bind(JsonNode value, Class<T> type) {
    try {
      return JsonCodec.mapper().treeToValue(value, type);
    } catch (JacksonException unfit) {
      throw new HeadwayException(
          ErrorCode.INVALID_INPUT, "The body does not have the documented shape", unfit);
    }
  }
}
