package dev.headway.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The chapter about Spring Boot against the code that it shows. */
final class DocumentTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().resolve("../..").normalize();
  private static final Pattern BLOCK =
      Pattern.compile("^```java (\\S+)\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

  private static String chapter() throws IOException {
    var text = Files.readString(ROOT.resolve("docs/integrations.md"));
    var begin = text.indexOf("\n## Spring Boot");
    var end = text.indexOf("\n## ", begin + 1);
    return text.substring(begin, end < 0 ? text.length() : end);
  }

  private static String source(String name) throws IOException {
    try (var files = Files.walk(ROOT.resolve("examples/spring-boot/src/main"))) {
      return Files.readString(files.filter(file -> file.endsWith(name)).findFirst().orElseThrow());
    }
  }

  @Test
  void chapter_everyBlock_isInTheExample() throws IOException {
    var blocks = BLOCK.matcher(chapter()).results().toList();
    assertThat(blocks).isNotEmpty();
    for (var block : blocks) {
      assertThat(source(block.group(1))).contains(block.group(2));
    }
  }
}
