package dev.headway.server.json;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Admits JSON from clients: every text becomes well-formed Unicode, and a number that is not finite
 * is refused, so that stored values can be written again. Half a surrogate pair, which JSON permits
 * (RFC 8259, section 8.2), becomes U+FFFD.
 */
public final class ClientJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final List<Defect> defects = new ArrayList<>();

  private ClientJson() {}

  /**
   * Returns a value that can be kept: the value itself where nothing is to be mended.
   *
   * @throws HeadwayException VALIDATION_ERROR naming each number that is not finite
   */
  public static JsonNode admit(JsonNode value) {
    var door = new ClientJson();
    var admitted = door.admit(value, "");
    if (!door.defects.isEmpty()) {
      throw HeadwayException.invalid(door.defects);
    }
    return admitted;
  }

  /** Replaces each half of a surrogate pair by U+FFFD. */
  public static String wellFormed(String text) {
    for (var at = 0; at < text.length(); at++) {
      if (Character.isSurrogate(text.charAt(at))) {
        return mended(text);
      }
    }
    return text;
  }

  private static String mended(String text) {
    var points = text.codePoints().map(point -> isHalf(point) ? 0xFFFD : point);
    return points
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  private JsonNode admit(JsonNode value, String path) {
    switch (value) {
      case ObjectNode object -> admitMembers(object, path);
      case ArrayNode array -> admitItems(array, path);
      default -> {
        return admitScalar(value, path);
      }
    }
    return value;
  }

  private JsonNode admitScalar(JsonNode value, String path) {
    if (value.isString()) {
      var text = value.asString();
      var admitted = wellFormed(text);
      return text.equals(admitted) ? value : NODES.stringNode(admitted);
    }
    if (value.isFloatingPointNumber() && !Double.isFinite(value.doubleValue())) {
      var name = path.isEmpty() ? "The value" : path;
      defects.add(Defect.ofField(name, name + " is no finite number; the largest is 1.79e308"));
    }
    return value;
  }

  private void admitMembers(ObjectNode object, String path) {
    for (var member : List.copyOf(object.properties())) {
      var name = wellFormed(member.getKey());
      var admitted = admit(member.getValue(), path.isEmpty() ? name : path + "." + name);
      if (!name.equals(member.getKey())) {
        object.remove(member.getKey());
        object.set(name, admitted);
      } else if (!admitted.equals(member.getValue())) {
        object.set(name, admitted);
      }
    }
  }

  private void admitItems(ArrayNode array, String path) {
    for (var at = 0; at < array.size(); at++) {
      array.set(at, admit(array.get(at), "%s[%d]".formatted(path, at)));
    }
  }
}
