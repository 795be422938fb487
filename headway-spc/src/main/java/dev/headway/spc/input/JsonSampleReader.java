package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import dev.headway.spc.model.Definition;
import dev.headway.spc.model.Observation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads samples from JSON, with everything that is wrong with each. A batch may hold ten thousand,
 * so this does without a schema.
 *
 * @param definitions what is known of a characteristic by its id, null if there is none
 */
public record JsonSampleReader(LongFunction<@Nullable Definition> definitions) {
  private static final int LONGEST_TEXT = 200;
  private static final Set<String> KEYS =
      Set.of(
          "characteristic_id", "measurements", "timestamp", "batch_number", "operator_id", "key");

  /**
   * Reads one sample.
   *
   * @param line its place in the request, which the result carries
   */
  public SampleRow read(long line, JsonNode sent) {
    if (!sent.isObject()) {
      return new RefusedRow(line, List.of(Defect.ofField("", "a sample must be an object")));
    }
    var defects = new ArrayList<Defect>();
    unknownKeys(sent, defects);
    var id = sent.path("characteristic_id");
    var definition = definition(id, defects);
    var numbers = measurements(sent.path("measurements"), defects);
    var timestamp = timestamp(sent.path("timestamp"), defects);
    var batch = text(sent, "batch_number", defects);
    var operator = text(sent, "operator_id", defects);
    var key = text(sent, "key", defects);
    var observation = observation(definition, numbers, defects);
    return observation == null || !defects.isEmpty()
        ? new RefusedRow(line, defects)
        : new NewSample(line, id.asLong(), timestamp, observation, batch, operator, key);
  }

  private static void unknownKeys(JsonNode sent, List<Defect> defects) {
    for (var key : sent.propertyNames()) {
      if (!KEYS.contains(key)) {
        defects.add(
            Defect.ofField(shortened(key), "no such key; known are " + new TreeSet<>(KEYS)));
      }
    }
  }

  private @Nullable Definition definition(JsonNode id, List<Defect> defects) {
    var field = "characteristic_id";
    if (id.isMissingNode()) {
      defects.add(Defect.ofField(field, "is missing"));
      return null;
    }
    var definition =
        id.isIntegralNumber() && id.canConvertToLong() ? definitions.apply(id.asLong()) : null;
    if (definition == null) {
      defects.add(Defect.ofField(field, shortened(id.toString()) + " is no characteristic"));
    }
    return definition;
  }

  private static @Nullable List<Double> measurements(JsonNode sent, List<Defect> defects) {
    if (!sent.isArray() || sent.isEmpty()) {
      defects.add(Defect.ofField("measurements", "an array of at least one number is required"));
      return null;
    }
    var numbers = new ArrayList<Double>(sent.size());
    for (var at = 0; at < sent.size(); at++) {
      var number = sent.get(at);
      if (number.isNumber()) {
        numbers.add(number.asDouble());
      } else {
        defects.add(
            Defect.ofField(
                "measurements[" + at + "]",
                shortened(number.toString()) + " is no number; send a finite number"));
      }
    }
    return numbers.size() == sent.size() ? numbers : null;
  }

  private static @Nullable Instant timestamp(JsonNode sent, List<Defect> defects) {
    if (sent.isMissingNode() || sent.isNull()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(sent.asString("")).toInstant();
    } catch (DateTimeException unreadable) {
      defects.add(
          Defect.ofField(
              "timestamp",
              "%s is no ISO 8601 time with an offset, such as 2026-01-31T08:30:00Z"
                  .formatted(shortened(sent.toString()))));
      return null;
    }
  }

  private static @Nullable String text(JsonNode sent, String key, List<Defect> defects) {
    var value = sent.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString() || value.asString().length() > LONGEST_TEXT) {
      defects.add(Defect.ofField(key, "must be a text of at most " + LONGEST_TEXT + " characters"));
      return null;
    }
    return value.asString();
  }

  private static @Nullable Observation observation(
      @Nullable Definition definition, @Nullable List<Double> numbers, List<Defect> defects) {
    if (definition == null || numbers == null) {
      return null;
    }
    return SampleCheck.observation(definition, numbers, defects);
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
