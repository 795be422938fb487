package dev.headway.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeadwayExceptionTest {
  private static final Defect ONE = Defect.ofField("a", "a must be 1");
  private static final Defect TWO = Defect.ofCell(3, "vials", "vials (-2) must be above 0");

  @Test
  void invalid_severalDefects_namesTheFirstAndCountsTheOthers() {
    var failure = HeadwayException.invalid(List.of(ONE, TWO));

    assertThat(failure.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
    assertThat(failure.safeMessage()).isEqualTo("a must be 1 (and 1 more)");
    assertThat(failure.defects()).containsExactly(ONE, TWO);
  }

  @Test
  void badInput_oneDefect_isItsMessage() {
    var failure = HeadwayException.badInput(List.of(TWO));

    assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(failure.safeMessage()).isEqualTo("vials (-2) must be above 0");
  }

  @Test
  void badInput_noDefect_stillSaysSomething() {
    assertThat(HeadwayException.badInput(List.of()).safeMessage())
        .isEqualTo("The input is not valid");
  }

  @Test
  void safeMessage_failureWithACause_doesNotTellTheCause() {
    var failure =
        new HeadwayException(
            ErrorCode.UNAVAILABLE, "Try again", new IllegalStateException("secret"));

    assertThat(failure.safeMessage()).isEqualTo("Try again");
    assertThat(failure).hasRootCauseMessage("secret");
  }
}
