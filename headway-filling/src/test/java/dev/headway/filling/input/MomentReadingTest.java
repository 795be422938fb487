package dev.headway.filling.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.filling.input.MomentReading.DayPart;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentReadingTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** A leap second, days that a month lacks, an hour and offsets beyond the clock. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2016-12-31T23:59:60Z",
        "2026-02-29T00:00Z",
        "2026-06-31 06:00+02:00",
        "2026-11-23T25:00:00Z",
        "2026-11-23T06:00+25:00"
      })
  void read_dayTimeOrOffsetThatIsNone_saysSoAndAsksForNoOffset(String text) {
    var refused =
        new MomentReading.Refused(
            "must be a day, a time (without leap seconds) and an offset that exist");
    assertThat(MomentReading.withOffset(text)).isEqualTo(refused);
    assertThat(MomentReading.of(text, BERLIN, DayPart.BEGINNING)).isEqualTo(refused);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-29T02:30, 'must be a time that Europe/Berlin has: clocks go forward then'",
    "2026-10-25T02:30, 'must have an offset, +02:00 or +01:00: clocks go back then in"
        + " Europe/Berlin'",
    "9999-12-31, must be from 1970 to 2199",
    "1969-12-31T23:59, must be from 1970 to 2199",
    "11/12/2026, 'must have the year first, such as 2026-11-21, since day and month may be"
        + " confused'",
    "tomorrow, must be a date such as 2026-11-21 or 2026-11-21T06:00"
  })
  void of_timeAtAnEdge_isRefusedWithItsReason(String text, String why) {
    assertThat(MomentReading.of(text, BERLIN, DayPart.BEGINNING))
        .isEqualTo(new MomentReading.Refused(why));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-10-25T02:30+02:00, 2026-10-25T00:30:00Z",
    "2026-10-25T02:30+01:00, 2026-10-25T01:30:00Z",
    "2026-03-29, 2026-03-28T23:00:00Z",
    "2026-03-29T03:00, 2026-03-29T01:00:00Z"
  })
  void of_dayOnWhichClocksChange_isRead(String text, Instant moment) {
    assertThat(MomentReading.of(text, BERLIN, DayPart.BEGINNING))
        .isEqualTo(new MomentReading.At(moment));
  }
}
