package dev.headway.server.http.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** YAML as the documents of the API are written in. Thread-safe. */
final class YamlCodec {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build();

  private YamlCodec() {}

  /**
   * Reads a resource that holds an object.
   *
   * @param name its path from the root, which may begin with a slash
   * @throws IllegalArgumentException when it is not on the class path
   */
  static ObjectNode resource(String name) {
    var path = name.startsWith("/") ? name : "/" + name;
    try (var in = YamlCodec.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "The part of the API's documents (%s) is not on the class path".formatted(path));
      }
      return (ObjectNode) MAPPER.readTree(in);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A tree as YAML, in UTF-8. */
  static byte[] bytes(JsonNode tree) {
    return MAPPER.writeValueAsBytes(tree);
  }
}
