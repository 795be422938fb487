package dev.headway.spc.input;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.json.JsonCodec;
import dev.headway.spc.model.Subgroup;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings the payloads that machines publish into the form of a sample. A payload is a number, also
 * with a decimal comma or a unit after it; numbers separated by semicolons; an array of numbers; or
 * an object with {@code measurements}, {@code value}, or ThingsBoard's {@code values}, and a {@code
 * timestamp} or {@code ts} in ISO 8601 or since the epoch. A value may be an object with {@code
 * value}, as where a unit is beside it. Keys are the same in capitals; other keys are the machine's
 * own and passed over.
 */
public final class MachinePayload {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern VALUE_AND_UNIT =
      Pattern.compile("(.*[0-9.])\\s*([\\p{L}%°µ/²³\"']{0,20})");
  private static final int LONGEST_NUMBER = 60;
  private static final Pattern SEVERAL = Pattern.compile("\\s*[;\t\n]\\s*");
  private static final List<String> KEPT =
      List.of("characteristic_id", "batch_number", "operator_id");
  private static final List<String> TIMES = List.of("timestamp", "ts", "time");
  private static final Set<String> KNOWN =
      Set.of(
          "characteristic_id",
          "batch_number",
          "operator_id",
          "timestamp",
          "ts",
          "time",
          "measurements",
          "value",
          "values");
  private static final Pattern EPOCH = Pattern.compile("[0-9]{10,19}(?:\\.[0-9]{1,9})?");

  private MachinePayload() {}

  /**
   * The sample that a payload is, as it would be sent by HTTP.
   *
   * @throws HeadwayException INVALID_INPUT with the reason why it is none
   */
  public static ObjectNode sample(byte[] payload) {
    var text = new String(payload, StandardCharsets.UTF_8).strip();
    var number = number(text);
    if (number != null) {
      return withMeasurements(NODES.arrayNode().add(number));
    }
    var several = several(text);
    if (several != null) {
      return withMeasurements(several);
    }
    var sent = parsed(payload, text);
    return switch (sent) {
      case ObjectNode object -> ofObject(plainKeys(object));
      case ArrayNode array when array.size() == 1 && array.get(0) instanceof ObjectNode only ->
          ofObject(plainKeys(only));
      case ArrayNode array -> withMeasurements(numbers(array));
      default -> withMeasurements(numbers(NODES.arrayNode().add(sent)));
    };
  }

  private static JsonNode parsed(byte[] payload, String text) {
    try {
      return JsonCodec.parse(payload);
    } catch (HeadwayException unreadable) {
      if (text.isEmpty() || text.startsWith("{") || text.startsWith("[")) {
        throw unreadable;
      }
      var shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
      throw new HeadwayException(
          ErrorCode.INVALID_INPUT,
          "'%s' is no number, no array of numbers and no JSON object".formatted(shown),
          unreadable);
    }
  }

  /** Numbers with separators between them; null when the text is something else. */
  private static @Nullable ArrayNode several(String text) {
    if (text.length() > LONGEST_NUMBER * Subgroup.MAX_SIZE) {
      return null;
    }
    var numbers = NODES.arrayNode();
    for (var part : SEVERAL.splitAsStream(text).toList()) {
      var number = number(part);
      if (number == null) {
        return null;
      }
      numbers.add(number);
    }
    return numbers;
  }

  /** An object with its known keys in small letters, as some machines write them large. */
  private static ObjectNode plainKeys(ObjectNode sent) {
    var plain = NODES.objectNode();
    sent.properties()
        .forEach(entry -> {
          var small = entry.getKey().toLowerCase(Locale.ROOT);
          var known = KNOWN.contains(small) && !sent.has(small);
          plain.set(known ? small : entry.getKey(), entry.getValue());
        });
    return plain;
  }

  private static ObjectNode withMeasurements(ArrayNode measurements) {
    var sample = NODES.objectNode();
    sample.set("measurements", measurements);
    return sample;
  }

  /** A number with a decimal point or comma, and perhaps a unit; null when the text is none. */
  private static @Nullable Double number(String text) {
    var parts = VALUE_AND_UNIT.matcher(text);
    if (text.length() > LONGEST_NUMBER || !parts.matches()) {
      return null;
    }
    var digits = parts.group(1);
    var style = digits.indexOf(',') < 0 ? NumberStyle.POINT : NumberStyle.MOSTLY_COMMA;
    return style.number(digits);
  }

  private static ArrayNode numbers(JsonNode sent) {
    var numbers = NODES.arrayNode();
    sent.forEach(each -> {
      var number = each.isNumber() ? null : number(each);
      numbers.add(number == null ? each : NODES.numberNode(number));
    });
    return numbers;
  }

  /**
   * The number that a value of a message is, also with a unit after or beside it; null when it is
   * none.
   */
  public static @Nullable Double number(JsonNode sent) {
    if (sent.isNumber()) {
      return sent.asDouble();
    }
    if (sent instanceof ObjectNode object) {
      var value = plainKeys(object).path("value");
      return value.isObject() ? null : number(value);
    }
    return sent.isString() ? number(sent.asString().strip()) : null;
  }

  /** The time at which a message says that it was measured; null when it does not. */
  public static @Nullable Instant takenAt(JsonNode sent) {
    var message = sent instanceof ObjectNode object ? plainKeys(object) : sent;
    for (var key : TIMES) {
      if (message.hasNonNull(key)) {
        try {
          return OffsetDateTime.parse(time(message.get(key)).asString("")).toInstant();
        } catch (DateTimeException unreadable) {
          throw new HeadwayException(
              ErrorCode.INVALID_INPUT,
              "%s is no time: %s".formatted(key, message.get(key)),
              unreadable);
        }
      }
    }
    return null;
  }

  private static ObjectNode ofObject(ObjectNode sent) {
    var sample = withMeasurements(numbers(measurements(sent)));
    for (var key : KEPT) {
      if (sent.has(key)) {
        sample.set(key, sent.get(key));
      }
    }
    TIMES.stream()
        .filter(sent::hasNonNull)
        .findFirst()
        .ifPresent(key -> sample.set("timestamp", time(sent.get(key))));
    return sample;
  }

  private static JsonNode measurements(ObjectNode sent) {
    for (var key : List.of("measurements", "value")) {
      if (sent.has(key)) {
        var value = sent.get(key);
        return value.isArray() ? value : NODES.arrayNode().add(value);
      }
    }
    var values = sent.path("values");
    if (values.size() == 1) {
      return NODES.arrayNode().add(values.iterator().next());
    }
    var names = new ArrayList<String>(values.propertyNames());
    throw new HeadwayException(
        ErrorCode.INVALID_INPUT,
        names.isEmpty()
            ? "measurements, value or values is missing among %s; a signal leads another key here"
                .formatted(sent.propertyNames())
            : "values has several numbers, %s; make a signal for each of them".formatted(names));
  }

  private static JsonNode time(JsonNode sent) {
    var text = sent.isNumber() ? sent.decimalValue().toPlainString() : sent.asString("").strip();
    return EPOCH.matcher(text).matches() || (sent.isNumber() && isCount(sent.decimalValue()))
        ? NODES.stringNode(TimeStyle.sinceEpoch(new BigDecimal(text)).toString())
        : sent;
  }

  /* Larger ones are no time. */
  private static boolean isCount(BigDecimal number) {
    return number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
  }
}
