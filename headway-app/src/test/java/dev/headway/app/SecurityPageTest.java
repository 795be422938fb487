package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tests that docs/security.md names, against the sources. */
final class SecurityPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)#(\\w+)`");

  @Test
  void page_testsItNames_areThere() throws IOException {
    var page = Files.readString(ROOT.resolve("docs/security.md"));
    var named = NAMED.matcher(page).results().toList();
    assertThat(named).hasSizeGreaterThan(60);
    try (var files = Files.walk(ROOT, 14)) {
      var sources =
          files
              .filter(file -> file.toString().endsWith("Test.java"))
              .filter(file -> !file.toString().contains("/target/"))
              .collect(
                  Collectors.toMap(SecurityPageTest::className, file -> file, (one, _) -> one));
      for (var test : named) {
        assertThat(sources).containsKey(test.group(1));
        assertThat(sources.get(test.group(1))).content().contains("void " + test.group(2) + "(");
      }
    }
  }

  private static String className(Path source) {
    return source.getFileName().toString().replace(".java", "");
  }
}
