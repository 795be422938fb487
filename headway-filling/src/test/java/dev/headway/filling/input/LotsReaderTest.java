package dev.headway.filling.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.Defect;
import dev.headway.filling.Instance;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LotsReaderTest {
  private static ReadLots csv(String text) {
    return LotsReader.csv(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Lot> lots(ReadLots read) {
    assertThat(read.errors()).isEmpty();
    return read.lots().stream().map(ReadLots.Placed::lot).toList();
  }

  private static List<String> errors(ReadLots read) {
    return read.errors().stream().map(LotsReaderTest::inPlace).toList();
  }

  private static List<String> warnings(ReadLots read) {
    return read.warnings().stream().map(Defect::message).toList();
  }

  private static String inPlace(Defect defect) {
    return defect.row() == null
        ? defect.message()
        : "row %d, %s: %s".formatted(defect.row(), defect.column(), defect.message());
  }

  @Test
  void csv_demoFile_isSound() {
    var lots = lots(LotsReader.csv(Instance.bytes("/dev/headway/filling/demo-lots.csv")));
    assertThat(lots).hasSize(15);
    assertThat(lots.getFirst()).isEqualTo(new Lot("HEP-2611-01", "Heparin 5 mL", 612_000));
  }

  @Test
  void csv_quotesBlanksCrlfAndExtraColumns_areUnderstood() {
    var read =
        csv(
            "Note,Vials, Lot ID ,Type\r\n"
                + "\"a, \"\"b\"\"\",1000,\" L 1 \", X \r\n\r\n,,,\r\n\"two\r\nlines\",2,L2,\"Y,Z\"\r\n");
    assertThat(lots(read)).containsExactly(new Lot("L 1", "X", 1000), new Lot("L2", "Y,Z", 2));
    assertThat(read.lots()).extracting(ReadLots.Placed::row).containsExactly(2, 5);
  }

  @Test
  void csv_byteOrderMarks_areSkipped() {
    var text = "\uFEFFLot ID,Type,Vials\nä,X,1\n";
    var expected = new Lot("ä", "X", 1);
    assertThat(lots(csv(text))).containsExactly(expected);
    assertThat(lots(LotsReader.csv(text.getBytes(StandardCharsets.UTF_16LE))))
        .containsExactly(expected);
    assertThat(lots(LotsReader.csv(text.getBytes(StandardCharsets.UTF_16BE))))
        .containsExactly(expected);
  }

  @Test
  void csv_latin1_isReadWithAWarningThatNamesTheRow() {
    var text = "Lot ID,Type,Vials\nL1,X,1\nL2,Müller €,2\n";
    var read = LotsReader.csv(text.getBytes(Charset.forName("windows-1252")));
    assertThat(lots(read).get(1).type()).isEqualTo("Müller €");
    assertThat(read.warnings())
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.row()).isEqualTo(3);
          assertThat(warning.message()).contains("not UTF-8").contains("save it as UTF-8");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "\t"})
  void csv_otherSeparators_areFound(String separator) {
    var text = "Lot ID,Type,Vials\nL1,X,1\n".replace(",", separator);
    assertThat(lots(csv(text))).containsExactly(new Lot("L1", "X", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lot_id,lot_type,vials",
        "LotID,PRODUCT,Quantity",
        "lot-id,type,VIALS",
        "Lot,Lot Type,vials"
      })
  void csv_otherHeaderNames_areUnderstood(String header) {
    assertThat(lots(csv(header + "\nL1,X,1"))).containsExactly(new Lot("L1", "X", 1));
  }

  @Test
  void csv_manyDefects_areAllReportedWithRowAndColumn() {
    var read =
        csv(
            """
            Lot ID,Type,Vials,Fill Hours
            ,X,5,
            L2, ,-3,
            L3,X,1.5,
            L3,X,many,
            L5,X,,
            L6,X,7,-5
            L7,X,7,NaN
            L8
            L9,X,10,2.5
            """);
    assertThat(errors(read))
        .containsExactly(
            "row 2, Lot ID: Lot ID is blank; every lot needs one.",
            "row 3, Type: Type is blank; every lot needs one.",
            "row 3, Vials: Vials must be a positive whole number, at most 1000000000000, not '-3'.",
            "row 4, Vials: Vials must be a positive whole number, at most 1000000000000, not '1.5'.",
            "row 5, Vials: Vials must be a positive whole number, at most 1000000000000, not"
                + " 'many'.",
            "row 5, Lot ID: Lot ID 'L3' is already used in row 4.",
            "row 6, Vials: Vials is blank; give a positive whole number.",
            "row 7, Fill Hours: Lot 'L6' has invalid fill_hours: -5",
            "row 8, Fill Hours: Lot 'L7' has invalid fill_hours: NaN",
            "row 9, Type: Type is blank; every lot needs one.",
            "row 9, Vials: Vials is blank; give a positive whole number.");
    assertThat(read.lots())
        .containsExactly(new ReadLots.Placed(10, new Lot("L9", "X", 10, Micros.PER_HOUR * 5 / 2)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "1.5",
        "1e-1",
        "1e999999999",
        "1,000",
        "0x10",
        "∞",
        "NaN",
        "1000000000001",
        "99999999999999999999999999999999999999999999999"
      })
  void csv_vialsNotPositiveWhole_areRefused(String vials) {
    var read = csv("Lot ID,Type,Vials\nL1,X,\"%s\"\n".formatted(vials));
    assertThat(read.errors()).singleElement().extracting(Defect::column).isEqualTo("Vials");
  }

  @Test
  void csv_missingColumns_areAllNamed() {
    assertThat(errors(csv("Lot,Kind,Count\nL1,X,1")))
        .containsExactly(
            "row 1, Type: The column Type is missing; the header has: Lot, Kind, Count",
            "row 1, Vials: The column Vials is missing; the header has: Lot, Kind, Count");
  }

  @Test
  void csv_columnTwice_isRefused() {
    assertThat(errors(csv("Lot ID,Type,Vials,vials\nL1,X,1,2")))
        .containsExactly("row 1, Vials: The column Vials is there twice.");
    assertThat(errors(csv("Lot,ID,Type,Vials\nL1,L2,X,1")))
        .containsExactly("row 1, Lot ID: The column Lot ID is there twice.");
  }

  @Test
  void csv_ownNameBesideAnother_winsAndTheOtherIsLeftOut() {
    var read = csv("Lot ID,Product,Type,Vials,Quantity\nL1,Insulin,X,1,2");
    assertThat(lots(read)).containsExactly(new Lot("L1", "X", 1));
    assertThat(warnings(read)).containsExactly("These columns are left out: Product, Quantity.");
    var row = LotRow.of(1, Map.of("lot_id", "L1", "product", "I", "lot_type", "X", "vials", 1));
    assertThat(lots(LotsReader.rows(List.of(row)))).containsExactly(new Lot("L1", "X", 1));
  }

  @Test
  void csv_emptyFile_isRefused() {
    assertThat(errors(csv(""))).singleElement().asString().contains("empty");
    assertThat(errors(csv(" \n"))).isNotEmpty();
    assertThat(errors(csv("Lot ID,Type,Vials\n")))
        .containsExactly("There are no lots; send at least one.");
  }

  @Test
  void csv_quoteLeftOpen_isRefused() {
    assertThat(csv("Lot ID,Type,Vials\n\"L1,X,1\nL2,X,2").errors()).isNotEmpty();
  }

  @Test
  void csv_bytesOfNoText_areRefused() {
    var bytes = new byte[10_000];
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    assertThat(LotsReader.csv(bytes).errors()).isNotEmpty();
  }

  @Test
  void csv_controlCharactersAndEndlessNames_areRefused() {
    assertThat(csv("Lot ID,Type,Vials\nL\u00001,%s,1".formatted("X".repeat(201))).errors())
        .extracting(Defect::column)
        .containsExactly("Lot ID", "Type");
  }

  @Test
  void rows_fiveThousandAndOne_areTooMany() {
    List<LotRow> rows = new ArrayList<>();
    for (var i = 1; i <= 5_001; i++) {
      rows.add(LotRow.of(i, Map.of("lot_id", "L" + i, "lot_type", "X", "vials", 1)));
    }
    assertThat(errors(LotsReader.rows(rows)))
        .containsExactly("There are 5,001 lots; a plan takes at most 5,000. Split the set.");
    assertThat(LotsReader.rows(rows.subList(0, 5_000)).errors()).isEmpty();
  }

  @Test
  void rows_jsonScalars_areUnderstood() {
    var read =
        LotsReader.rows(
            List.of(
                LotRow.of(1, Map.of("lot_id", "L1", "product", "X", "quantity", 5L)),
                LotRow.of(
                    2, Map.of("lot_id", 7, "lot_type", "X", "vials", 5.0, "fill_hours", 0.5))));
    assertThat(lots(read))
        .containsExactly(new Lot("L1", "X", 5), new Lot("7", "X", 5, Micros.PER_HOUR / 2));
  }

  @Test
  void rows_wrongTypes_areAllReported() {
    var read =
        LotsReader.rows(
            List.of(
                LotRow.of(
                    1,
                    Map.of(
                        "lot_id",
                        List.of(),
                        "lot_type",
                        true,
                        "vials",
                        Map.of(),
                        "fill_hours",
                        false))));
    assertThat(read.errors())
        .extracting(Defect::column)
        .containsExactly("lot_id", "lot_type", "vials", "fill_hours");
  }

  @Test
  void rows_negativeFillHours_hasTheKnownWording() {
    var row =
        LotRow.of(1, Map.of("lot_id", "LOT-001", "lot_type", "X", "vials", 5, "fill_hours", -5));
    assertThat(LotsReader.rows(List.of(row)).errors())
        .singleElement()
        .extracting(Defect::message)
        .isEqualTo("Lot 'LOT-001' has invalid fill_hours: -5");
  }

  @Test
  void csv_groupedPointsBesideSemicolons_areThousandsAndSaidSo() {
    var read = csv("Lot ID;Type;Vials\r\nHEP-01;H;612.000\r\nHEP-02;H;348.000\r\nHEP-03;H;295000");
    assertThat(lots(read)).extracting(Lot::vials).containsExactly(612_000L, 348_000L, 295_000L);
    assertThat(warnings(read))
        .containsExactly(
            "Vials: '612.000' was read as 612,000, with '.' between thousands"
                + " (and 1 more rows likewise).");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "150 000 | 150000",
        "150\u00A0000 | 150000",
        "1\u202F500\u202F000 | 1500000",
        "150'000 | 150000",
        "150\u2019000 | 150000",
        "1.500.000 | 1500000",
        "1,500,000 | 1500000",
        "1.500,0 | 1500",
        "1,500.0 | 1500",
        "150,0 | 150",
        "150_000 | 150000",
        "150´000 | 150000",
        "150ʼ000 | 150000",
        "1,50,000 | 150000",
        "12,34,567 | 1234567",
        "١٥٠٠٠٠ | 150000",
        "١٥٠٬٠٠٠ | 150000",
        "１５００００ | 150000",
        "１，５００，０００ | 1500000",
        "१५०००० | 150000"
      })
  void csv_numberWithOneMeaning_isReadAndShown(String vials, long meant) {
    var read = csv("Lot ID,Type,Vials\nL1,X,\"%s\"".formatted(vials.translateEscapes()));
    assertThat(lots(read)).containsExactly(new Lot("L1", "X", meant));
    assertThat(warnings(read)).anyMatch(warning -> warning.contains("was read as"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"612.000", "150,000", "1.000", "１５０，０００", "１５０．０００"})
  void csv_numberWithTwoMeanings_isRefusedWithBoth(String vials) {
    assertThat(errors(csv("Lot ID,Type,Vials\nL1,X,\"%s\"".formatted(vials))))
        .singleElement()
        .asString()
        .startsWith("row 2, Vials: Vials '%s' can mean ".formatted(vials))
        .endsWith("000; write it without separators.");
  }

  @Test
  void csv_decimalCommaBesideSemicolons_isRefusedOnlyWhereItCanMeanThousands() {
    var read = csv("Lot ID;Type;Vials;Fill Hours\nL1;X;1000;2,5\nL2;X;150,000;\nL3;X;10;1,250");
    assertThat(errors(read))
        .containsExactly(
            "row 3, Vials: Vials '150,000' can mean 150 or 150,000; write it without separators.",
            "row 4, Fill Hours: Lot 'L3' has invalid fill_hours: 1,250");
    assertThat(read.lots().getFirst().lot())
        .isEqualTo(new Lot("L1", "X", 1000, Micros.PER_HOUR * 5 / 2));
  }

  /** Isolates, marks of direction, fillers, variations, tags; line and paragraph separators. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u2066L1\u2069",
        "\u061CL1",
        "L1\u180E",
        "L1\uFE0F",
        "L1\u3164",
        "L1\u206F",
        "L1\u2028",
        "\u2029L1",
        "\u2800L1",
        "L1\uDB40\uDC41",
        "L1\u034F"
      })
  void csv_invisibleCharacterOfAnyKind_isRemovedAndSaidSo(String id) {
    var read = csv("Lot ID,Type,Vials\n%s,X,1000".formatted(id));
    assertThat(lots(read)).containsExactly(new Lot("L1", "X", 1000));
    assertThat(warnings(read)).containsExactly("Lot ID: invisible characters were removed.");
  }

  @Test
  void csv_thousandsOfAnyScriptInTheNextCell_areRefused() {
    assertThat(errors(csv("Lot ID,Type,Vials,Note\nL1,X,１５０,０００")))
        .singleElement()
        .asString()
        .contains("may be one number");
  }

  @Test
  void csv_scientificNotation_isRefused() {
    assertThat(errors(csv("Lot ID,Type,Vials\nL1,X,6.12E+05")))
        .containsExactly(
            "row 2, Vials: Vials '6.12E+05' may have lost digits; format the column as a whole"
                + " number.");
  }

  @Test
  void rows_textThatCanMeanTwoNumbers_isRefused_aNumberIsNot() {
    var text = LotRow.of(1, Map.of("lot_id", "L1", "lot_type", "X", "vials", "150.000"));
    assertThat(errors(LotsReader.rows(List.of(text))))
        .containsExactly(
            "row 1, vials: vials '150.000' can mean 150 or 150,000; write it without separators.");
    var number =
        LotRow.of(1, Map.of("lot_id", "L1", "lot_type", "X", "vials", new BigDecimal("150.000")));
    assertThat(lots(LotsReader.rows(List.of(number)))).containsExactly(new Lot("L1", "X", 150));
  }

  @Test
  void csv_invisibleCharacters_areRemovedAndSaidSo() {
    var read = csv("Lot\u00A0ID,Type\u200B,Vials\nA\u200B-1,Vial\u00A0A,1000\nB,\u00A0,1\n");
    assertThat(errors(read)).containsExactly("row 3, Type: Type is blank; every lot needs one.");
    assertThat(read.lots().getFirst().lot()).isEqualTo(new Lot("A-1", "Vial A", 1000));
    assertThat(warnings(read))
        .containsExactly(
            "Lot ID: invisible characters were removed.",
            "Type: invisible characters were removed (and 1 more rows likewise).");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sep=;\r\n", "SEP=;\n"})
  void csv_separatorDirective_isFollowed(String directive) {
    var read = csv(directive + "Lot ID;Type;Vials\r\nA-1;V,A;100000\r\nA-2;V;0\r\n");
    assertThat(read.lots().getFirst().lot()).isEqualTo(new Lot("A-1", "V,A", 100_000));
    assertThat(read.errors()).singleElement().extracting(Defect::row).isEqualTo(3);
  }

  @Test
  void csv_lineEndInAQuotedCell_doesNotMoveRows() {
    var read =
        csv(
            """
            Lot ID,Type,Vials,Comment
            A,T1,1000,"first
            second"
            B,T1,xx,"c"
            C,T1,2000,ok
            D,T1,0,ok
            """);
    assertThat(read.errors()).extracting(Defect::row).containsExactly(3, 5);
    assertThat(warnings(read)).containsExactly("These columns are left out: Comment.");
  }

  @Test
  void csv_quoteLeftOpen_namesItsRow() {
    assertThat(errors(csv("Lot ID,Type,Vials\r\n\"A-1,V,1\r\nA-2,V,2\r\n")))
        .containsExactly(
            "row 2, null: A quoted cell begins in row 2 and does not end; close or remove the"
                + " quote.");
  }

  @Test
  void csv_moreCellsThanTheHeader_isADefectUnlessTheyAreBlank() {
    var read = csv("Lot ID,Type,Vials\nL1,X,150,000\nL2,X,5,,\n");
    assertThat(read.errors())
        .singleElement()
        .satisfies(defect -> {
          assertThat(defect.row()).isEqualTo(2);
          assertThat(defect.message()).startsWith("Row 2 has 4 cells, the header 3;");
        });
  }

  @Test
  void csv_utf16WithoutAMark_isUnderstood() {
    var text = "Lot ID\tType\tVials\r\n\u00C4-1\tX\t5\r\n";
    for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      assertThat(lots(LotsReader.csv(text.getBytes(charset))))
          .containsExactly(new Lot("\u00C4-1", "X", 5));
    }
  }

  @Test
  void csv_lotAThousandTimesOff_isWarnedOf() {
    var read = csv("Lot ID,Type,Vials\nA,X,612\nB,X,348000\nC,X,884000\nD,X,402000\n");
    assertThat(read.errors()).isEmpty();
    assertThat(warnings(read))
        .containsExactly("Vials: 612 is far from the other lots' 402,000; is a separator missing?");
  }

  @Test
  void csv_typesThatDifferInCaseOnly_areWarnedOfOnce() {
    var read = csv("Lot ID,Type,Vials\nA,Vial A,1\nB,VIAL-A,1\nC,Vial A,1\nD,VIAL-A,1\n");
    assertThat(warnings(read))
        .containsExactly(
            "Type: 'Vial A' and 'VIAL-A' count as two types; write them alike if they are one.");
  }

  @Test
  void workbook_firstSheet_isRead() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var book = new org.dhatim.fastexcel.Workbook(out, "test", "1.0")) {
      var sheet = book.newWorksheet("Lots");
      var header = List.of("Lot ID", "Type", "Vials", "Fill Hours");
      for (var column = 0; column < header.size(); column++) {
        sheet.value(0, column, header.get(column));
      }
      sheet.value(1, 0, "HEP-01");
      sheet.value(1, 1, "Heparin, \"5 mL\"");
      sheet.value(1, 2, 612_000);
      sheet.value(1, 3, 30.125);
      sheet.value(3, 0, "HEP-02"); // below a blank row
      sheet.value(3, 1, "Heparin");
      sheet.value(3, 2, "612.000");
    }
    var read = LotsReader.csv(out.toByteArray());
    assertThat(read.lots())
        .containsExactly(
            new ReadLots.Placed(
                2, new Lot("HEP-01", "Heparin, \"5 mL\"", 612_000, Micros.PER_HOUR * 241 / 8)));
    assertThat(errors(read))
        .singleElement()
        .asString()
        .startsWith("row 4, Vials: Vials '612.000' can mean 612 or 612,000");
  }

  @Test
  void workbook_ofNoUse_isRefusedInASentence() {
    var old = new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0};
    assertThatThrownBy(() -> LotsReader.csv(old)).hasMessageContaining("save it as .xlsx");
    var broken = new byte[] {'P', 'K', 3, 4, 1, 2, 3};
    assertThatThrownBy(() -> LotsReader.csv(broken)).hasMessageContaining("workbook");
  }
}
