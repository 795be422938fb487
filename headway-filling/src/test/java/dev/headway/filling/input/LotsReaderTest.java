package dev.headway.filling.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.Defect;
import dev.headway.filling.Instance;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    assertThat(errors(csv("Lot ID,Type,Vials,Quantity\nL1,X,1,2")))
        .containsExactly("row 1, Vials: The column Vials is there twice.");
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
}
