package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the house rules say about source files and can be counted. */
final class SourcesTest {
  private static final int MOST_LINES = 600;

  @Test
  void files_areShort() throws IOException {
    assertThat(sources())
        .hasSizeGreaterThan(100)
        .allSatisfy(file ->
            assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThan(MOST_LINES));
  }

  @Test
  void packages_areNullMarked() throws IOException {
    var packages =
        sources().stream()
            .filter(file -> file.toString().contains("/src/main/"))
            .map(Path::getParent)
            .distinct()
            .toList();
    assertThat(packages)
        .isNotEmpty()
        .allSatisfy(folder ->
            assertThat(folder.resolve("package-info.java"))
                .isRegularFile()
                .content()
                .contains("@NullMarked"));
  }

  private static List<Path> sources() throws IOException {
    try (var modules = Files.list(Path.of(".."))) {
      return modules
          .map(module -> module.resolve("src"))
          .filter(Files::isDirectory)
          .flatMap(SourcesTest::below)
          .toList();
    }
  }

  private static Stream<Path> below(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
