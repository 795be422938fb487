package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.app.SourceTree.Declaration;
import dev.headway.app.SourceTree.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** House rules that are counted in the sources: sizes, names, and how doc comments begin. */
final class SourcesTest {
  private static final int MOST_LINES = 600;
  private static final int MOST_LINES_OF_A_METHOD = 60;
  private static final int MOST_PARAMETERS_OF_A_METHOD = 4;
  private static final int MOST_PARAMETERS_OF_A_CONSTRUCTOR = 7;

  /* A summary is a noun phrase, or a verb with its object, as in the JDK's own documentation. */
  private static final Pattern RIDDLE =
      Pattern.compile("(?i)(who|whoever|what|whatever|that)\\b.*", Pattern.DOTALL);

  private static List<Declaration> all;

  @BeforeAll
  static void parse() throws IOException {
    all = SourceTree.declarations();
    assertThat(all).hasSizeGreaterThan(5_000);
  }

  @Test
  void files_areShort() throws IOException {
    assertThat(SourceTree.files())
        .allSatisfy(file ->
            assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThan(MOST_LINES));
  }

  @Test
  void packages_areNullMarked() throws IOException {
    var packages =
        SourceTree.files().stream()
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

  @Test
  void methods_areShort() {
    assertThat(those(declared -> !isType(declared) && declared.lines() > MOST_LINES_OF_A_METHOD))
        .isEmpty();
  }

  @Test
  void constructors_takeFewParameters() {
    assertThat(those(SourcesTest::takesMany)).isEmpty();
  }

  private static boolean takesMany(Declaration declared) {
    return declared.kind() == Kind.CONSTRUCTOR
        && declared.parameters() > MOST_PARAMETERS_OF_A_CONSTRUCTOR;
  }

  /* Private ones, too; those that others see are also held by the architecture test. */
  @Test
  void methods_takeFewParameters() {
    assertThat(
            those(declared ->
                declared.kind() == Kind.METHOD
                    && declared.isMain()
                    && declared.parameters() > MOST_PARAMETERS_OF_A_METHOD))
        .isEmpty();
  }

  @Test
  void summaries_areNounsOrVerbs() {
    assertThat(those(declared -> RIDDLE.matcher(declared.summary()).matches())).isEmpty();
  }

  /* Nested types are named together with the type around them. */
  @Test
  void names_areGivenOnceInAModule() {
    var types =
        those(declared -> isType(declared) && declared.isMain()).stream()
            .collect(Collectors.groupingBy(type -> type.module() + " " + type.name()));
    var shared =
        types.values().stream()
            .filter(same -> same.size() > 1)
            .filter(same -> same.stream().anyMatch(type -> type.kind() == Kind.TYPE));
    assertThat(shared).isEmpty();
  }

  private static boolean isType(Declaration declared) {
    return declared.kind() == Kind.TYPE || declared.kind() == Kind.NESTED_TYPE;
  }

  private static List<Declaration> those(Predicate<Declaration> which) {
    return all.stream().filter(which).toList();
  }
}
