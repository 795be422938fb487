package dev.headway.primes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The chapter about applications against the code that it shows. */
final class DocumentTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().resolve("../..").normalize();
  private static final Pattern BLOCK =
      Pattern.compile("^```(?:java|sql) (\\S+)\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

  private static String source(String name) throws IOException {
    try (var files = Files.walk(ROOT.resolve("examples/primes/src"))) {
      return Files.readString(files.filter(file -> file.endsWith(name)).findFirst().orElseThrow());
    }
  }

  @Test
  void chapter_everyBlock_isInTheExample() throws IOException {
    var blocks =
        BLOCK.matcher(Files.readString(ROOT.resolve("docs/applications.md"))).results().toList();
    assertThat(blocks).hasSize(6);
    for (var block : blocks) {
      assertThat(source(block.group(1))).contains(block.group(2));
    }
  }
}
