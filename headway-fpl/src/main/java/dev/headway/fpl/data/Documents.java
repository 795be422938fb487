package dev.headway.fpl.data;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import java.lang.reflect.Executable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the API's documents: snake-case names, numbers that arrive as strings, unknown keys passed
 * over, missing ones refused unless they may be null. Safe for use by any thread.
 */
final class Documents {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .annotationIntrospector(new RequiredUnlessNullable())
          .build();

  /** Takes each component of a record as required and not null, unless it may be null. */
  private static final class RequiredUnlessNullable extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
      return member instanceof AnnotatedParameter parameter
          ? !nullable(parameter)
          : super.hasRequiredMarker(config, member);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated member) {
      var stated = super.findSetterInfo(config, member);
      boolean refused =
          member instanceof AnnotatedParameter parameter
              && !nullable(parameter)
              && stated.getValueNulls() == Nulls.DEFAULT;
      return refused ? JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL) : stated;
    }

    private static boolean nullable(AnnotatedParameter parameter) {
      return parameter.getOwner().getAnnotated() instanceof Executable owner
          && owner.getAnnotatedParameterTypes()[parameter.getIndex()].isAnnotationPresent(
              Nullable.class);
    }
  }

  private static final int LONGEST_VALUE = 40;
  private static final Pattern KEY = Pattern.compile("\\[\"?([^\"\\]]+)\"?\\]");

  private Documents() {}

  /**
   * Reads a document.
   *
   * @param name what it is, for the message
   * @throws HeadwayException when it is cut off, malformed or lacks something
   */
  static <T> T read(String name, String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JacksonException | NullPointerException e) {
      throw unreadable(name, e);
    }
  }

  /** The same for a list. */
  static <T> List<T> readList(String name, String json, TypeReference<List<T>> type) {
    try {
      return List.copyOf(MAPPER.readValue(json, type));
    } catch (JacksonException | NullPointerException e) {
      throw unreadable(name, e);
    }
  }

  /** Whether a text looks like a document, be it complete or cut off, and not like a page. */
  static boolean likely(String body) {
    var start = body.stripLeading();
    return start.startsWith("{") || start.startsWith("[");
  }

  /** The message of an error answer: its JSON text, or the {@code detail} of its object. */
  static Optional<String> text(String body) {
    try {
      var answer = MAPPER.readTree(body);
      return answer.isObject() ? answer.path("detail").stringValueOpt() : answer.stringValueOpt();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** Whether a text is one JSON value, so that it is worth keeping. */
  static boolean wellFormed(String json) {
    try (var parser = MAPPER.createParser(json)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }

  private static HeadwayException unreadable(String name, RuntimeException cause) {
    var where = cause instanceof DatabindException d ? d.getPathReference() : "";
    var reason = reason(cause);
    var at = where == null || where.isEmpty() ? "" : " at " + place(where);
    var refusal =
        HeadwayException.badInput(
            List.of(Defect.of("The document %s cannot be read%s: %s".formatted(name, at, reason))));
    refusal.initCause(cause);
    return refusal;
  }

  /* The parser's own words are of Java. */
  private static String reason(RuntimeException cause) {
    if (cause instanceof InvalidNullException || cause instanceof NullPointerException) {
      return "it is null";
    }
    if (cause instanceof InvalidFormatException format) {
      var value = String.valueOf(format.getValue());
      var shown = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value;
      return "'%s' is not what belongs there".formatted(shown);
    }
    if (cause instanceof DatabindException) {
      return "it is missing, or not of the kind that belongs there";
    }
    return "it is cut off, or is not JSON";
  }

  /* Jackson's path names Java types; the part in quotes and brackets is the document's. */
  private static String place(String path) {
    var keys = new StringBuilder();
    var matcher = KEY.matcher(path);
    while (matcher.find()) {
      keys.append(keys.isEmpty() ? "" : ".").append(matcher.group(1));
    }
    return keys.toString();
  }
}
