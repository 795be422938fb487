package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests that pages of the documents name as proofs, against the sources. */
final class NamedTestsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)#(\\w+)`");

  @ParameterizedTest
  @ValueSource(strings = {"docs/reliability.md", "docs/security.md"})
  void page_testsItNames_areThere(String name) throws IOException {
    var page = Files.readString(ROOT.resolve(name));
    var sources =
        javaSources().collect(Collectors.groupingBy(file -> file.getFileName().toString()));

    var named = NAMED.matcher(page).results().toList();

    assertThat(named).hasSizeGreaterThan(50);
    for (var test : named) {
      assertThat(sources.getOrDefault(file(test), List.of()))
          .as(test.group())
          .anySatisfy(
              file -> assertThat(Files.readString(file)).contains("void " + test.group(2) + "("));
    }
  }

  private static String file(MatchResult test) {
    return test.group(1) + ".java";
  }

  private static Stream<Path> javaSources() throws IOException {
    try (var files = Files.walk(ROOT, 14)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("target"))
          .toList()
          .stream();
    }
  }
}
