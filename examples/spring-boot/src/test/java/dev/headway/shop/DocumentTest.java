package dev.headway.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chapters about Spring Boot and Batch against the code that they show. */
final class DocumentTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().resolve("../..").normalize();
  private static final Pattern BLOCK =
      Pattern.compile("^```java (\\S+)\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

  private static String chapter(String title) throws IOException {
    var text = Files.readString(ROOT.resolve("docs/integrations.md"));
    var begin = text.indexOf("\n## " + title + "\n");
    var end = text.indexOf("\n## ", begin + 1);
    return text.substring(begin, end < 0 ? text.length() : end);
  }

  private static String source(String name) throws IOException {
    try (var files = Files.walk(ROOT.resolve("examples/spring-boot/src/main"))) {
      return Files.readString(files.filter(file -> file.endsWith(name)).findFirst().orElseThrow());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Spring Boot", "Spring Batch"})
  void chapter_everyBlock_isInTheExample(String title) throws IOException {
    var blocks = BLOCK.matcher(chapter(title)).results().toList();
    assertThat(blocks).isNotEmpty();
    for (var block : blocks) {
      assertThat(source(block.group(1))).contains(block.group(2));
    }
  }
}
