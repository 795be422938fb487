package dev.headway.server.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes parts of the OpenAPI document as JSON, beside which a program reads them faster than as
 * the YAML that people write. Run by the build of a program that wants to start quickly; without it
 * the YAML is read.
 */
public final class OpenApiTranslation {
  private OpenApiTranslation() {}

  /**
   * Translates.
   *
   * @param arguments the folder of classes into which the translations go, and the resource paths
   *     of the parts
   * @throws IOException when a file cannot be written
   */
  public static void main(String... arguments) throws IOException {
    var classes = Path.of(arguments[0]);
    for (var part : Arrays.asList(arguments).subList(1, arguments.length)) {
      var file = classes.resolve(OpenApiDocument.translated(part).substring(1));
      Files.createDirectories(file.getParent());
      Files.write(file, JsonCodec.bytes(YamlCodec.resource(part)));
    }
  }
}
