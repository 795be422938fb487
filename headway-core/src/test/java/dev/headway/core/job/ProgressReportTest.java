package dev.headway.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.core.error.Defect;
import dev.headway.core.job.Plan.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressReportTest {
  private static final Progress BEFORE =
      new Progress(40.0, "load", "Reading", 4L, 10L, null, new Json("{\"a\":1}"), null);

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1, 100})
  void defects_percentFromZeroToHundred_areNone(double percent) {
    assertThat(ProgressReport.of(percent, "ok").defects()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        150,
        -1,
        -0.001,
        100.001,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
      })
  void defects_percentThatIsNone_nameTheValueAndTheRange(double percent) {
    assertThat(ProgressReport.of(percent, "no").defects())
        .containsExactly(
            Defect.ofField("percent", "percent (" + percent + ") must be from 0 to 100"));
  }

  @ParameterizedTest
  @CsvSource({"11, 10", "-1, 10", "5,"})
  void defects_doneOutsideTotal_nameBoth(long done, @Nullable Long total) {
    assertThat(counted(done, total).defects())
        .containsExactly(
            Defect.ofField(
                "done", "done (%d) must be from 0 to total (%s)".formatted(done, total)));
  }

  private static Progress in(@Nullable String step) {
    return new Progress(3.0, step, "", null, null, null, null, null);
  }

  @ParameterizedTest
  @CsvSource({"read,2,4,16.7", "hash,2,4,50", "write,4,4,100", ",1,4,8.3"})
  void ofWhole_countWithinAStep_fillsTheStepsShare(
      @Nullable String step, long done, long total, double percent) {
    var report = new ProgressReport(null, done, total, step, null, null);
    var whole = report.ofWhole(Step.equal(List.of("read", "hash", "write")), in("read"));
    assertThat(whole.percent()).isCloseTo(percent, within(0.05));
    assertThat(whole.done()).isEqualTo(done);
  }

  @ParameterizedTest
  @CsvSource({"read,0,2,0", "read,1,2,5", "hash,0,2,10", "hash,1,2,40", "write,2,2,100"})
  void ofWhole_stepsWithWeights_fillTheirShares(
      String step, long done, long total, double percent) {
    var steps = List.of(new Step("read", 1), new Step("hash", 6), new Step("write", 3));
    var report = new ProgressReport(null, done, total, step, null, null);
    assertThat(report.ofWhole(steps, in("read")).percent()).isCloseTo(percent, within(1e-9));
  }

  @Test
  void ofWhole_stepWithoutACount_beginsWhereThoseBeforeItEnd() {
    var steps = Step.equal(List.of("read", "hash"));
    var begun = new ProgressReport(null, null, null, "hash", null, null);
    assertThat(begun.ofWhole(steps, in("read")).percent()).isEqualTo(50);
    var silent = new ProgressReport(null, null, null, null, "Still there", null);
    assertThat(silent.ofWhole(steps, in("read"))).isSameAs(silent);
  }

  @Test
  void ofWhole_undeclaredStep_movesNothingAndShowsItsCount() {
    var other = new ProgressReport(null, 1L, 2L, "tidy", null, null);
    var whole = other.ofWhole(Step.equal(List.of("read", "hash")), in("read"));
    assertThat(whole.percent()).isEqualTo(3);
    assertThat(whole.done()).isEqualTo(1);
  }

  @Test
  void ofWhole_statedPercentOrNoSteps_isItself() {
    var stated = new ProgressReport(40.0, 1L, 4L, "read", null, null);
    assertThat(stated.ofWhole(Step.equal(List.of("read", "hash")), in(null))).isSameAs(stated);
    assertThat(counted(1L, 4L).ofWhole(List.of(), in(null)).percent()).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -5})
  void defects_totalNotAboveZero_nameIt(long total) {
    assertThat(counted(null, total).defects())
        .containsExactly(Defect.ofField("total", "total (%d) must be above 0".formatted(total)));
  }

  @Test
  void defects_metadataAtTheLimit_areNone() {
    assertThat(withMetadata(ProgressReport.MAX_METADATA).defects()).isEmpty();
  }

  @Test
  void defects_metadataTooLarge_sayHowLarge() {
    assertThat(withMetadata(ProgressReport.MAX_METADATA + 1).defects())
        .containsExactly(
            Defect.ofField("metadata", "metadata has 4097 characters; at most 4096 are kept"));
  }

  @Test
  void defects_stepTooLong_sayHowLong() {
    var report = new ProgressReport(null, null, null, "s".repeat(201), null, null);

    assertThat(report.defects())
        .containsExactly(Defect.ofField("step", "step has 201 characters; at most 200 are kept"));
  }

  @Test
  void defects_severalAtOnce_areAllNamed() {
    var report =
        new ProgressReport(Double.NaN, 3L, 0L, "s".repeat(201), "x", new Json(" ".repeat(5_000)));

    assertThat(report.defects())
        .extracting(Defect::field)
        .containsExactly("percent", "total", "done", "step", "metadata");
  }

  @Test
  void statedPercent_doneOfTotal_isTheirQuotient() {
    assertThat(counted(3L, 4L).statedPercent()).isEqualTo(75.0);
  }

  @Test
  void statedPercent_percentAndCounts_isThePercent() {
    assertThat(new ProgressReport(5.0, 3L, 4L, null, null, null).statedPercent()).isEqualTo(5.0);
  }

  @Test
  void statedPercent_nothingStated_isUnknown() {
    assertThat(new ProgressReport(null, null, 4L, "s", "m", null).statedPercent()).isNull();
  }

  @Test
  void after_emptyReport_leavesEverything() {
    assertThat(new ProgressReport(null, null, null, null, null, null).after(BEFORE))
        .isEqualTo(BEFORE);
  }

  @Test
  void after_lowerPercent_keepsTheHigher() {
    assertThat(ProgressReport.of(10, "m").after(BEFORE).percent()).isEqualTo(40.0);
    assertThat(ProgressReport.of(10, "m").fallsBehind(BEFORE)).isTrue();
  }

  @Test
  void after_newStep_forgetsTheCountsOfTheOneBefore() {
    var next = new ProgressReport(null, null, null, "plan", null, null).after(BEFORE);

    assertThat(next.step()).isEqualTo("plan");
    assertThat(next.done()).isNull();
    assertThat(next.total()).isNull();
  }

  @Test
  void after_sameStepNamedAgain_keepsItsCounts() {
    var next = new ProgressReport(null, null, null, "load", null, null).after(BEFORE);

    assertThat(next.done()).isEqualTo(4);
    assertThat(next.total()).isEqualTo(10);
  }

  @Test
  void after_totalAlone_replacesBothCounts() {
    var next = counted(null, 3L).after(BEFORE);

    assertThat(next.done()).as("4 of 3 would be nonsense").isNull();
    assertThat(next.total()).isEqualTo(3);
  }

  @Test
  void after_messageWithControlCharacters_keepsOnlyText() {
    assertThat(ProgressReport.of(50, "a\u0000b\u001bc\u0085d").after(BEFORE).message())
        .isEqualTo("abcd");
  }

  @Test
  void over_emptyReport_isTheEarlierOne() {
    var earlier = new ProgressReport(20.0, 2L, 10L, "load", "m", new Json("{}"));

    assertThat(new ProgressReport(null, null, null, null, null, null).over(earlier))
        .isEqualTo(earlier);
  }

  @Test
  void over_newerFields_replaceAndTheOthersStay() {
    var earlier = new ProgressReport(20.0, 2L, 10L, "load", "two", new Json("{}"));
    var newer = new ProgressReport(null, 3L, 10L, null, "three", null);

    assertThat(newer.over(earlier))
        .isEqualTo(new ProgressReport(30.0, 3L, 10L, "load", "three", new Json("{}")));
  }

  @Test
  void over_anotherStep_doesNotTakeTheEarlierCounts() {
    var earlier = new ProgressReport(20.0, 2L, 10L, "load", "two", null);
    var newer = new ProgressReport(25.0, null, null, "plan", "Planning", null);

    assertThat(newer.over(earlier)).isEqualTo(newer);
  }

  private static ProgressReport counted(@Nullable Long done, @Nullable Long total) {
    return new ProgressReport(null, done, total, null, null, null);
  }

  private static ProgressReport withMetadata(int characters) {
    var text = "{" + " ".repeat(characters - 2) + "}";
    return new ProgressReport(null, null, null, null, null, new Json(text));
  }
}
