package dev.headway.server.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CsvSeparatorTest {
  @Test
  void of_header_isWhatItHasMostOf() {
    assertThat(CsvSeparator.of("Lot ID,Type,Vials")).isEqualTo(',');
    assertThat(CsvSeparator.of("Lot, ID;Type;Vials")).isEqualTo(';');
    assertThat(CsvSeparator.of("Lot ID\tType\tVials")).isEqualTo('\t');
    assertThat(CsvSeparator.of("Lot ID|Type|Vials")).isEqualTo('|');
  }

  @Test
  void of_headerWithoutOne_isAComma() {
    assertThat(CsvSeparator.of("Vials")).isEqualTo(',');
    assertThat(CsvSeparator.of("")).isEqualTo(',');
    assertThat(CsvSeparator.of("a,b;c")).isEqualTo(',');
  }

  @Test
  void stated_spreadsheetsLine_isWhatItSays() {
    assertThat(CsvSeparator.stated("sep=;")).isEqualTo(';');
    assertThat(CsvSeparator.stated("SEP=|\r")).isEqualTo('|');
    assertThat(CsvSeparator.stated("\"sep=,\"")).isEqualTo(',');
    assertThat(CsvSeparator.stated("sep=\t")).isEqualTo('\t');
  }

  @Test
  void stated_anotherLine_isNothing() {
    assertThat(CsvSeparator.stated("")).isNull();
    assertThat(CsvSeparator.stated("sep=ab")).isNull();
    assertThat(CsvSeparator.stated("sep=\"")).isNull();
    assertThat(CsvSeparator.stated("separator;value")).isNull();
  }
}
