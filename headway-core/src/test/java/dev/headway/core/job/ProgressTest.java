package dev.headway.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void cut_atTheLimit_isUnchanged() {
    var text = "x".repeat(Progress.MAX_MESSAGE);

    assertThat(Progress.cut(text)).isEqualTo(text);
  }

  @Test
  void cut_overTheLimit_endsInAnEllipsisAtTheLimit() {
    var cut = Progress.cut("x".repeat(Progress.MAX_MESSAGE + 1));

    assertThat(cut).hasSize(Progress.MAX_MESSAGE).endsWith("x…");
  }

  @Test
  void cut_withinASurrogatePair_dropsTheWholePair() {
    var cut = Progress.cut("x".repeat(Progress.MAX_MESSAGE - 2) + "😀".repeat(10));

    assertThat(cut).endsWith("x…");
    assertThat(new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(cut);
  }

  @Test
  void cut_controlCharacters_goExceptTabsAndLineFeeds() {
    assertThat(Progress.cut("a\tb\nc\rd\u0000e\u007ff\u009bg")).isEqualTo("a\tb\ncdefg");
  }

  @Test
  void cut_longOnlyByItsControlCharacters_isNotCut() {
    assertThat(Progress.cut("\u0000".repeat(5_000) + "all")).isEqualTo("all");
  }

  @Test
  void withMessage_longText_isCut() {
    assertThat(Progress.waiting(null).withMessage("x".repeat(9_999)).message())
        .hasSize(Progress.MAX_MESSAGE);
  }

  @Test
  void jobError_longTexts_areCut() {
    var error =
        new Outcome.JobError(ErrorCode.EXECUTION_ERROR, "m".repeat(9_999), "d".repeat(9_999));

    assertThat(error.message()).hasSize(Progress.MAX_MESSAGE);
    assertThat(error.details()).hasSize(Progress.MAX_MESSAGE);
  }
}
