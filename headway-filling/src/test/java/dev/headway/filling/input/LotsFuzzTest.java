package dev.headway.filling.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.HeadwayException;
import dev.headway.testkit.fuzz.Fuzzing;
import org.junit.jupiter.api.Test;

/** Fuzzing of files of lots, CSV and XLSX: each has lots, or defects that say why not. */
public final class LotsFuzzTest {
  /** Takes one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    try {
      var read = LotsReader.csv(input);
      assertThat(read.lots().isEmpty() && read.errors().isEmpty()).isFalse();
      read.errors().forEach(error -> assertThat(error.message()).isNotEmpty());
    } catch (HeadwayException refused) {
      assertThat(refused.safeMessage()).isNotEmpty();
    }
  }

  @Test
  void file_ofAnyBytes_hasLotsOrDefects() {
    Fuzzing.run(LotsFuzzTest.class, LotsFuzzTest::fuzzerTestOneInput);
  }
}
