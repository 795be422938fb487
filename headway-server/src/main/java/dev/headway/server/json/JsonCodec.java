package dev.headway.server.json;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * JSON as the contracts have it: snake_case names, ISO 8601 UTC timestamps with milliseconds and
 * {@code Z}. Thread-safe.
 */
public final class JsonCodec {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, new InstantWriter())
                  .addSerializer(Json.class, new RawWriter())
                  .addDeserializer(Json.class, new RawReader()))
          .build();

  private JsonCodec() {}

  /** The mapper behind it all, for records in and out. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** A timestamp as the contracts write it. */
  public static String timestamp(Instant moment) {
    return MILLIS.format(moment);
  }

  /** Writes a value as UTF-8 JSON. */
  public static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** Writes a value as a JSON text that the core passes on. */
  public static Json json(Object value) {
    return new Json(MAPPER.writeValueAsString(value));
  }

  /** Reads a JSON text that the server itself has stored. */
  public static JsonNode tree(Json json) {
    return MAPPER.readTree(json.text());
  }

  /** Reads a JSON text that the server itself has stored as a record. */
  public static <T> T read(Json json, Class<T> type) {
    return MAPPER.readValue(json.text(), type);
  }

  /**
   * Reads what a client sent.
   *
   * @throws HeadwayException INVALID_INPUT with line and column when it is not one JSON value;
   *     VALIDATION_ERROR as by {@link ClientJson#admit}
   */
  public static JsonNode parse(byte[] utf8) {
    try {
      var node = MAPPER.reader().readTree(utf8);
      if (node == null || node.isMissingNode()) {
        throw new HeadwayException(ErrorCode.INVALID_INPUT, "The body is empty; JSON was expected");
      }
      return ClientJson.admit(node);
    } catch (JacksonException malformed) {
      throw new HeadwayException(
          ErrorCode.INVALID_INPUT, "The body is not valid JSON" + place(malformed), malformed);
    }
  }

  private static String place(JacksonException malformed) {
    var at = malformed.getLocation();
    return at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
  }

  private static final class InstantWriter extends StdSerializer<Instant> {
    InstantWriter() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
      out.writeString(timestamp(value));
    }
  }

  private static final class RawReader extends StdDeserializer<Json> {
    RawReader() {
      super(Json.class);
    }

    @Override
    public Json deserialize(JsonParser in, DeserializationContext context) {
      return new Json(context.readTree(in).toString());
    }

    @Override
    public Json getNullValue(DeserializationContext context) {
      return new Json("null");
    }

    /** A member that is left out is no value, not even null. */
    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
      return null;
    }
  }

  private static final class RawWriter extends StdSerializer<Json> {
    RawWriter() {
      super(Json.class);
    }

    @Override
    public void serialize(Json value, JsonGenerator out, SerializationContext context) {
      out.writeRawValue(value.text());
    }
  }
}
