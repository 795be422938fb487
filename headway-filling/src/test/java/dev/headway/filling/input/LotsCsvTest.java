package dev.headway.filling.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.Defect;
import dev.headway.filling.model.Lot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as spreadsheets and people really make them. */
class LotsCsvTest {
  private static final Lot LOT = new Lot("L1", "X", 1_000);

  private static ReadLots csv(String text) {
    return LotsReader.csv(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Lot> lots(ReadLots read) {
    assertThat(read.errors()).isEmpty();
    return read.lots().stream().map(ReadLots.Placed::lot).toList();
  }

  private static List<String> messages(List<Defect> defects) {
    return defects.stream().map(Defect::message).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"A,T,150,000", "A,T,1,150", "A,T,12,345,ok"})
  void vials_thousandsInTheNextCell_areRefused(String row) {
    assertThat(messages(csv("Lot ID,Type,Vials,Comment,More\n" + row).errors()))
        .singleElement()
        .asString()
        .startsWith("Vials '")
        .contains("may be one number")
        .endsWith("or leave out the column 'Comment'.");
  }

  @Test
  void vials_besideAColumnThatIsRead_areThousandsOnlyWhereItBeginsWithZero() {
    var header = "Lot ID,Type,Vials,Priority\n";
    assertThat(lots(csv(header + "A,T,500,100"))).hasSize(1);
    assertThat(csv(header + "A,T,500,000").errors()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Lot-ID:,Type:,Vials:",
        "*Lot ID,*Type,*Vials",
        "Lot#,Type,Vials",
        "Lot Id.,Type,Vials",
        "Lot\u2011ID,Type,Vials",
        "Lot\u2013ID,Type,Vials",
        "\uFF2C\uFF4F\uFF54\u3000\uFF29\uFF24,\uFF34\uFF59\uFF50\uFF45,\uFF36\uFF49\uFF41\uFF4C\uFF53"
      })
  void header_decorated_isUnderstood(String header) {
    assertThat(lots(csv(header + "\nL1,X,1000"))).containsExactly(LOT);
  }

  @Test
  void header_withAUnit_isNotGuessed() {
    assertThat(messages(csv("Lot ID,Type,Vials [1000]\nL1,X,150").errors()))
        .containsExactly("The column Vials is missing; the header has: Lot ID, Type, Vials [1000]");
  }

  @Test
  void header_belowTitles_isFoundAndSaidSo() {
    var read = csv("Plan of week 48,,\n\nmade by,Ada,\nLot ID,Type,Vials\nL1,X,1000\nL2,X,x");
    assertThat(read.lots()).containsExactly(new ReadLots.Placed(5, LOT));
    assertThat(read.errors()).singleElement().extracting(Defect::row).isEqualTo(6);
    assertThat(messages(read.warnings()))
        .containsExactly("The rows above the header are left out.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-32LE", "UTF-32BE"})
  void file_ofUtf32_isUnderstood(String charset) {
    var text = "\uFEFFLot ID,Type,Vials\nL1,X,1000\n";
    assertThat(lots(LotsReader.csv(text.getBytes(Charset.forName(charset))))).containsExactly(LOT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%PDF-1.7 | a PDF",
        "{\\rtf1 Lot ID} | a text document (RTF)",
        "<html><table> | a web page or XML",
        "<?xml version='1.0'?> | a web page or XML",
        "[{\"lot_id\": \"A\"}] | JSON"
      })
  void file_ofAnotherKind_isNamed(String text, String kind) {
    assertThatThrownBy(() -> csv(text))
        .hasMessageContaining("This file is %s; save the table as CSV or .xlsx.".formatted(kind));
  }

  @Test
  void name_thatHasLostACharacter_isRefused() {
    var shiftJis =
        "Lot ID,Type,Vials\nA,\u6CE8\u5C04,1000\n".getBytes(Charset.forName("Shift_JIS"));
    assertThat(messages(LotsReader.csv(shiftJis).errors()))
        .containsExactly("Type has lost a character ('\uFFFD'); save it as UTF-8.");
  }

  @Test
  void name_overSeveralLines_asksForTheQuote() {
    assertThat(messages(csv("Lot ID,Type,Vials\nA,\"T,1000\nB,T,1000\nC,T,1000\"\n").errors()))
        .contains("Type goes over several lines; is a quote missing at its end?");
  }

  @Test
  void name_withAnAccentOfItsOwn_isTheSame() {
    var read = csv("Lot ID,Type,Vials\nA,Gr\u00FCn,1000\nB,Gru\u0308n,1000\n");
    assertThat(lots(read)).extracting(Lot::type).containsOnly("Gr\u00FCn");
    assertThat(csv("Lot ID,Type,Vials\n\u00C4,T,1000\nA\u0308,T,1000\n").errors()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "VialA,V\u0456al A",
    "Straße,STRASSE",
    "Café,Cafe",
    "A/B,A\u2013B",
    "0.5 mg,'0,5 mg'",
    "T1,T01",
    "Vial0,VialO",
    "5 \u00B5g,5 \u03BCg"
  })
  void types_thatLookTheSame_areWarnedOf(String one, String other) {
    assertThat(messages(typed(one, other).warnings()))
        .containsExactly(
            "Type: '%s' and '%s' count as two types; write them alike if they are one."
                .formatted(one.translateEscapes(), other.translateEscapes()));
  }

  @ParameterizedTest
  @CsvSource({"T1,T2", "1.5 mL,15 mL", "1.05 mL,1.5 mL", "Vial A,Vial B"})
  void types_thatDiffer_areNotWarnedOf(String one, String other) {
    assertThat(typed(one, other).warnings()).isEmpty();
  }

  private static ReadLots typed(String one, String other) {
    var row = "%s,\"%s\",1000\n";
    var text = "Lot ID,Type,Vials\n" + row.formatted("A", one) + row.formatted("B", other);
    return csv(text.translateEscapes());
  }

  @Test
  void ids_thatLookTheSame_areWarnedOf() {
    assertThat(messages(csv("Lot ID,Type,Vials\nLOT-1,T,1000\nlot 01,T,1000\n").warnings()))
        .containsExactly(
            "Lot ID: 'LOT-1' and 'lot 01' count as two lots; write them alike if they are one.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.12.2026 | 2026-12-02T00:00:00Z",
        "1.12.2026 6:00 | 2026-12-01T06:00:00Z",
        "01.12.2026, 06:00 | 2026-12-01T06:00:00Z",
        "2026/12/1 | 2026-12-02T00:00:00Z",
        "2026-12-01 06:00:00.000 | 2026-12-01T06:00:00Z"
      })
  void dates_ofOneMeaning_areRead(String due, Instant meant) {
    var read = csv("Lot ID;Type;Vials;Due\nA;T;1000;" + due);
    assertThat(lots(read).getFirst().terms().due()).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"11/12/2026", "1/2/26", "21-11-2026"})
  void dates_whoseDayMayBeTheMonth_areRefused(String due) {
    assertThat(messages(csv("Lot ID;Type;Vials;Due\nA;T;1000;" + due).errors()))
        .containsExactly(
            "Due must have the year first, such as 2026-11-21, since day and month may be confused,"
                + " not '%s'.".formatted(due));
  }

  @Test
  void workbook_dayWithoutATime_isAWholeDay() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var book = new org.dhatim.fastexcel.Workbook(out, "test", "1.0")) {
      var sheet = book.newWorksheet("Lots");
      var header = List.of("Lot ID", "Type", "Vials", "Due", "Release");
      for (var column = 0; column < header.size(); column++) {
        sheet.value(0, column, header.get(column));
      }
      sheet.value(1, 0, "L1");
      sheet.value(1, 1, "X");
      sheet.value(1, 2, 1_000);
      sheet.value(1, 3, LocalDate.of(2026, 12, 1));
      sheet.style(1, 3).format("yyyy-mm-dd").set();
      sheet.value(1, 4, LocalDate.of(2026, 11, 1));
      sheet.style(1, 4).format("yyyy-mm-dd hh:mm").set();
    }
    var terms = lots(LotsReader.csv(out.toByteArray())).getFirst().terms();
    assertThat(terms.due()).isEqualTo(Instant.parse("2026-12-02T00:00:00Z"));
    assertThat(terms.release()).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
  }
}
