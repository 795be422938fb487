package dev.headway.spc.input;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings the payloads that machines publish into the form of a sample. A payload is a number, also
 * with a decimal comma or a unit after it; an array of numbers; or an object with {@code
 * measurements}, {@code value}, or ThingsBoard's {@code values}, and a {@code timestamp} or {@code
 * ts} in ISO 8601 or since the epoch. Other keys are the machine's own and passed over.
 */
public final class MachinePayload {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern VALUE_AND_UNIT =
      Pattern.compile("([+-]?[0-9.,]+(?:[eE][+-]?[0-9]+)?)\\s*([\\p{L}%°µ/²³\"']{0,20})");
  private static final List<String> KEPT =
      List.of("characteristic_id", "batch_number", "operator_id");
  private static final List<String> TIMES = List.of("timestamp", "ts", "time");

  /* Epoch times in seconds, milliseconds and microseconds are told apart by their size. */
  private static final long MILLISECONDS = 100_000_000_000L;
  private static final long MICROSECONDS = 100_000_000_000_000L;

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
    var sent = JsonCodec.parse(payload);
    return switch (sent) {
      case ObjectNode object -> ofObject(object);
      case ArrayNode array -> withMeasurements(numbers(array));
      default -> withMeasurements(numbers(NODES.arrayNode().add(sent)));
    };
  }

  private static ObjectNode withMeasurements(ArrayNode measurements) {
    var sample = NODES.objectNode();
    sample.set("measurements", measurements);
    return sample;
  }

  /** A number with a decimal point or comma, and perhaps a unit; null when the text is none. */
  private static @Nullable Double number(String text) {
    var parts = VALUE_AND_UNIT.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    var digits = parts.group(1);
    return (digits.indexOf(',') < 0 ? NumberStyle.POINT : NumberStyle.COMMA).number(digits);
  }

  private static ArrayNode numbers(JsonNode sent) {
    var numbers = NODES.arrayNode();
    sent.forEach(each -> {
      var number = each.isString() ? number(each) : null;
      numbers.add(number == null ? each : NODES.numberNode(number));
    });
    return numbers;
  }

  /** The number that a value of a message is, also with a unit; null when it is none. */
  public static @Nullable Double number(JsonNode sent) {
    if (sent.isNumber()) {
      return sent.asDouble();
    }
    return sent.isString() ? number(sent.asString().strip()) : null;
  }

  /** The time at which a message says that it was measured; null when it does not. */
  public static @Nullable Instant takenAt(JsonNode message) {
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
            ? "measurements, value or values is missing"
            : "values has several numbers, %s; publish one to each topic".formatted(names));
  }

  private static JsonNode time(JsonNode sent) {
    if (!sent.canConvertToLong()) { // a text, or a number that is no time
      return sent;
    }
    var count = sent.asLong();
    var micros =
        Math.abs(count) >= MICROSECONDS
            ? count
            : Math.abs(count) >= MILLISECONDS ? count * 1_000 : count * 1_000_000;
    return NODES.stringNode(
        Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000)
            .toString());
  }
}
