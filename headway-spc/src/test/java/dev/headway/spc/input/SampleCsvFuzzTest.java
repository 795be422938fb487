package dev.headway.spc.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.HeadwayException;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Definition;
import dev.headway.spc.model.Specification;
import dev.headway.testkit.fuzz.Fuzzing;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Fuzzing of files of samples: every row is a sample or has its defects, and the file ends. */
public final class SampleCsvFuzzTest {
  private static final Map<Long, Definition> KNOWN =
      Map.of(
          1L, new Definition("Bore", "", ChartKind.INDIVIDUALS, 1, false, Specification.NONE),
          2L, new Definition("Ring", "", ChartKind.XBAR_R, 3, false, Specification.NONE),
          3L, new Definition("Cloth", "", ChartKind.U, 1, false, Specification.NONE));

  /** Takes one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    var context = new SampleCsv.FileContext(KNOWN::get, null, FileMapping.STANDARD);
    try (var csv = SampleCsv.open(new StringReader(new String(input, UTF_8)), context)) {
      var rows = 0;
      while (csv.hasNext()) {
        assertThat(csv.next()).isNotNull();
        rows++;
      }
      assertThat(rows).isLessThanOrEqualTo(input.length + 1);
    } catch (HeadwayException refused) {
      assertThat(refused.safeMessage()).isNotEmpty();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void file_ofAnyText_isReadToItsEndOrRefused() {
    Fuzzing.run(SampleCsvFuzzTest.class, SampleCsvFuzzTest::fuzzerTestOneInput);
  }
}
