package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * The path of a value in a JSON message: {@code values.diameter}, {@code $.readings[0].v}, or a
 * JSON pointer (RFC 6901) such as {@code /values/diameter}.
 *
 * @param text as it was said
 * @param pointer the same as a pointer
 */
public record ValuePath(String text, JsonPointer pointer) {
  private static final Pattern INDEX = Pattern.compile("\\[([0-9]{1,9})]");

  /**
   * The path that a text is.
   *
   * @throws HeadwayException VALIDATION_ERROR when it is none
   */
  public static ValuePath of(String text) {
    try {
      return new ValuePath(text, JsonPointer.compile(pointer(text.strip())));
    } catch (IllegalArgumentException none) {
      var message = "'%s' is no path such as values.diameter or $.readings[0].v".formatted(text);
      throw HeadwayException.invalid(List.of(Defect.ofField("path", message)));
    }
  }

  private static String pointer(String text) {
    if (text.startsWith("/")) {
      return text;
    }
    var plain = text.startsWith("$.") ? text.substring(2) : text;
    var steps = INDEX.matcher(plain).replaceAll(".$1");
    if (steps.isEmpty() || steps.startsWith(".") || steps.endsWith(".") || steps.contains("..")) {
      throw new IllegalArgumentException("An empty step");
    }
    return "/" + steps.replace("~", "~0").replace("/", "~1").replace('.', '/');
  }

  /** The value of a message at this path; null for none. */
  public @Nullable JsonNode in(JsonNode message) {
    var found = message.at(pointer);
    return found.isMissingNode() || found.isNull() ? null : found;
  }
}
