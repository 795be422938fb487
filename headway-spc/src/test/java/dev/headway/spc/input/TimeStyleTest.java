package dev.headway.spc.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimeStyleTest {
  @ParameterizedTest
  @CsvSource({
    "dd-MMM-yyyy, 07-Okt-2026, 2026-10-07",
    "dd-MMM-yyyy, 07-OKT-2026, 2026-10-07",
    "dd.MMM.yyyy, 07.Dez.2026, 2026-12-07",
    "d. MMMM yyyy, 7. März 2026, 2026-03-07",
    "d. MMM yyyy, 7. Mrz 2026, 2026-03-07",
    "d. MMMM yyyy, 7. Jänner 2026, 2026-01-07",
    "d MMM yyyy, 7 déc. 2026, 2026-12-07",
    "d MMM yyyy, 7 juil. 2026, 2026-07-07",
    "d MMMM yyyy, 7 février 2026, 2026-02-07",
    "d MMMM yyyy, 7 FEVRIER 2026, 2026-02-07",
    "d MMM yyyy, 7 ene 2026, 2026-01-07",
    "d 'de' MMMM 'de' yyyy, 7 de agosto de 2026, 2026-08-07",
    "d MMM yyyy, 7 gen 2026, 2026-01-07",
    "d MMMM yyyy, 7 maggio 2026, 2026-05-07",
    "d MMM yyyy, 7 mrt. 2026, 2026-03-07",
    "d MMMM yyyy, 7 augustus 2026, 2026-08-07",
    "d MMM yyyy, 7 out 2026, 2026-10-07",
    "d MMMM yyyy, 7 października 2026, 2026-10-07",
    "d MMM yyyy, 7 Sept 2026, 2026-09-07",
    "d MMM yyyy, 7 Oct 2026, 2026-10-07",
    "MMMM d yyyy, October 7 2026, 2026-10-07",
    "d MMMM yyyy, 7 mai 2026, 2026-05-07"
  })
  void time_monthByName_isReadInManyLanguages(String form, String text, String date) {
    assertThat(TimeStyle.of(form, "UTC").time(text)).isEqualTo(Instant.parse(date + "T00:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({"dd-MMM-yyyy, 07-Foo-2026", "dd-MMM-yyyy, 31-Feb-2026x", "dd.MM.yyyy, 07.Okt.2026"})
  void time_noMonth_isNone(String form, String text) {
    assertThat(TimeStyle.of(form, "UTC").time(text)).isNull();
  }
}
