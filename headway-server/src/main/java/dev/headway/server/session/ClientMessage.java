package dev.headway.server.session;

import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.contract.Excerpt;
import dev.headway.server.json.JsonCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/**
 * A message of a client: a JSON object, one of whose members says of which kind it is. Used by one
 * thread.
 */
public final class ClientMessage {
  /** Unknown members that are named at once. */
  private static final int MOST_UNKNOWN = 10;

  /** Takes no value for one of another type, and no member that the record does not have. */
  private static final JsonMapper STRICT =
      JsonCodec.mapper()
          .rebuild()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              config ->
                  config
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
          .build();

  private final String kind;
  private final @Nullable JsonNode id;
  private final ObjectNode message;

  private ClientMessage(String kind, @Nullable JsonNode id, ObjectNode message) {
    this.kind = kind;
    this.id = id;
    this.message = message;
  }

  /**
   * The message in a JSON value, which becomes the message's own.
   *
   * @param kindMember the member that says of which kind it is
   * @return null when the value is no object
   */
  public static @Nullable ClientMessage of(JsonNode value, String kindMember) {
    return of(value, kindMember, null);
  }

  /**
   * The message in a JSON value, which becomes the message's own.
   *
   * @param kindMember the member that says of which kind it is
   * @param idMember the member that the reply repeats; null where messages have none
   * @return null when the value is no object
   */
  public static @Nullable ClientMessage of(
      JsonNode value, String kindMember, @Nullable String idMember) {
    if (!(value instanceof ObjectNode object)) {
      return null;
    }
    var kind = object.remove(kindMember);
    var id = idMember == null ? null : object.remove(idMember);
    return new ClientMessage(kind == null ? "" : kind.asString(""), id, object);
  }

  /** The kind; empty when the message states none. */
  public String kind() {
    return kind;
  }

  /** The client's own name for the message, as it was sent; null for none. */
  public @Nullable JsonNode id() {
    return id;
  }

  /**
   * The message as the record of its kind; null for members that are not there.
   *
   * @throws HeadwayException INVALID_INPUT naming each member that the kind does not have, and the
   *     first that is of another type
   */
  public <T extends Record> T as(Class<T> type) {
    var unfit = new ArrayList<String>();
    while (unfit.size() < MOST_UNKNOWN) {
      try {
        T bound = STRICT.treeToValue(message, type);
        if (unfit.isEmpty()) {
          return bound;
        }
        break;
      } catch (UnrecognizedPropertyException unknown) {
        unfit.add(unknown(unknown));
        remove(unknown.getPath());
      } catch (JacksonException mismatch) {
        unfit.add(mismatch(mismatch));
        break;
      }
    }
    throw new HeadwayException(ErrorCode.INVALID_INPUT, String.join("; ", unfit));
  }

  private static String unknown(UnrecognizedPropertyException unknown) {
    var known = unknown.getKnownPropertyIds().stream().map(Object::toString).toList();
    return Defect.ofUnknown(name(unknown.getPath()), known).message();
  }

  private void remove(List<JacksonException.Reference> path) {
    var holder = value(path.subList(0, path.size() - 1));
    ((ObjectNode) holder).remove(path.getLast().getPropertyName());
  }

  private JsonNode value(List<JacksonException.Reference> path) {
    JsonNode value = message;
    for (var step : path) {
      value =
          step.getPropertyName() == null
              ? value.path(step.getIndex())
              : value.path(step.getPropertyName());
    }
    return value;
  }

  private String mismatch(JacksonException unfit) {
    var path = unfit.getPath();
    return "%s (%s) must be %s"
        .formatted(name(path), Excerpt.json(value(path)), words(wanted(unfit)));
  }

  private static @Nullable Class<?> wanted(JacksonException unfit) {
    return switch (unfit) {
      case MismatchedInputException mismatch -> mismatch.getTargetType();
      case InputCoercionException tooLarge -> tooLarge.getTargetType();
      default -> null;
    };
  }

  private static String name(List<JacksonException.Reference> path) {
    var name = new StringBuilder();
    for (var step : path) {
      if (step.getPropertyName() == null) {
        name.append('[').append(step.getIndex()).append(']');
      } else {
        name.append(name.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return name.isEmpty() ? "The message" : name.toString();
  }

  private static String words(@Nullable Class<?> type) {
    if (type == null) {
      return "of another type";
    }
    if (type == String.class) {
      return "a text";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : number(type);
  }

  private static String number(Class<?> type) {
    if (type == long.class || type == Long.class || type == int.class || type == Integer.class) {
      return "a whole number";
    }
    return Number.class.isAssignableFrom(type) ? "a number" : "an object";
  }
}
