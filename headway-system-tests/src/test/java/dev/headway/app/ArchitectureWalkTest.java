package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The walks through the code that the architecture document shows, against the code. */
@AnalyzeClasses(packages = "dev.headway", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureWalkTest {
  private static final int LONGEST = 30;
  private static final Pattern STEP = Pattern.compile("(\\d+)\\. `([a-z.]+\\.[A-Z]\\w*)`.*");

  /** The walks, each with the names of its classes in order. */
  private static List<List<String>> walks() throws IOException {
    var walks = new ArrayList<List<String>>();
    for (var line : Files.readAllLines(Path.of("../docs/architecture.md"))) {
      var step = STEP.matcher(line);
      if (step.matches()) {
        if (step.group(1).equals("1")) {
          walks.add(new ArrayList<>());
        }
        walks.getLast().add("dev.headway." + step.group(2));
      }
    }
    return walks;
  }

  @ArchTest
  static void walks_namesInOrder_areClassesThatKnowEachOther(JavaClasses classes)
      throws IOException {
    var walks = walks();
    assertThat(walks).hasSize(2);
    for (var walk : walks) {
      assertThat(walk).hasSizeBetween(2, LONGEST).doesNotHaveDuplicates();
      assertThat(walk).allMatch(classes::contain);
      var steps = walk.stream().map(classes::get).toList();
      for (var at = 1; at < steps.size(); at++) {
        var step = steps.get(at);
        assertThat(steps.subList(0, at))
            .as("the steps before %s", step.getName())
            .anyMatch(earlier -> knows(earlier, step) || knows(step, earlier));
      }
    }
  }

  private static boolean knows(JavaClass one, JavaClass other) {
    return one.getDirectDependenciesFromSelf().stream()
        .anyMatch(dependency ->
            dependency.getTargetClass().equals(other)
                || dependency.getTargetClass().getName().startsWith(other.getName() + "$"));
  }
}
