package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The imports among the files of the TypeScript sources. */
final class WebSourcesTest {
  private static final List<String> FOLDERS =
      List.of("client/src", "client/test", "dashboard/src", "dashboard/test", "e2e/test");
  private static final Pattern IMPORT =
      Pattern.compile("(?:from|import)\\s*\\(?'(\\.{1,2}/[^']+)'");

  @Test
  void files_importEachOtherInNoCircle() throws IOException {
    var imports = imports();
    assertThat(imports.values()).anySatisfy(some -> assertThat(some).hasSizeGreaterThan(5));
    assertThat(circular(imports)).isEmpty();
  }

  /** The files with those that each imports. */
  private static Map<Path, List<Path>> imports() throws IOException {
    var all = new TreeMap<Path, List<Path>>();
    for (var folder : FOLDERS) {
      try (var files = Files.walk(Path.of("../web", folder))) {
        files.filter(WebSourcesTest::isSource).forEach(file -> all.put(file, read(file)));
      }
    }
    all.values().forEach(imported -> imported.retainAll(all.keySet()));
    return all;
  }

  private static boolean isSource(Path file) {
    return file.toString().matches(".*\\.tsx?");
  }

  private static List<Path> read(Path file) {
    try {
      var named = IMPORT.matcher(Files.readString(file)).results().map(found -> found.group(1));
      var found = new ArrayList<Path>();
      named.forEach(name -> {
        var plain = file.resolveSibling(name.replaceFirst("\\.js$", "")).normalize();
        found.add(plain.resolveSibling(plain.getFileName() + ".ts"));
        found.add(plain.resolveSibling(plain.getFileName() + ".tsx"));
      });
      return found;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The files left when those that import none of the others are taken away, again and again. */
  private static Set<Path> circular(Map<Path, List<Path>> imports) {
    var left = new TreeSet<>(imports.keySet());
    while (left.removeIf(
        file -> imports.getOrDefault(file, List.of()).stream().noneMatch(left::contains))) {
      // until nothing can be taken away
    }
    return left;
  }
}
