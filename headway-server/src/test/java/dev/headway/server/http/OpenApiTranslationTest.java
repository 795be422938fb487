package dev.headway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiTranslationTest {
  @TempDir Path classes;

  @Test
  void main_serversPart_saysTheSameAsJson() throws IOException {
    OpenApiTranslation.main(classes.toString(), OpenApiDocument.SERVER);

    var translated = classes.resolve("dev/headway/server/openapi.json");
    assertThat(JsonCodec.mapper().readTree(Files.readAllBytes(translated)))
        .isEqualTo(YamlCodec.resource(OpenApiDocument.SERVER));
  }
}
