package dev.headway.fpl.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.HeadwayException;
import dev.headway.testkit.fuzz.Fuzzing;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Fuzzing of tables of projections: each is read or refused with its defects. */
public final class ProjectionCsvFuzzTest {
  /** Takes one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    try {
      assertThat(ProjectionCsv.read(new String(input, UTF_8), Set.of(7, 411))).isNotNull();
    } catch (HeadwayException refused) {
      assertThat(refused.safeMessage()).isNotEmpty();
    }
  }

  @Test
  void table_ofAnyText_isReadOrRefused() {
    Fuzzing.run(ProjectionCsvFuzzTest.class, ProjectionCsvFuzzTest::fuzzerTestOneInput);
  }
}
