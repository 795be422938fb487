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
}
