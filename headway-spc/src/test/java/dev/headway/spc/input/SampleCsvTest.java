package dev.headway.spc.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Definition;
import dev.headway.spc.model.Specification;
import dev.headway.spc.model.Subgroup;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleCsvTest {
  private static final Map<Long, Definition> KNOWN =
      Map.of(
          1L, new Definition("Bore", "", ChartKind.INDIVIDUALS, 1, false, Specification.NONE),
          2L, new Definition("Ring", "", ChartKind.XBAR_R, 3, false, Specification.NONE),
          3L, new Definition("Cloth", "", ChartKind.U, 1, false, Specification.NONE),
          4L, new Definition("Wire", "", ChartKind.XBAR_R, 3, true, Specification.NONE));

  private static SampleCsv open(Reader text, @Nullable Long id) throws IOException {
    return open(text, id, FileMapping.STANDARD);
  }

  private static SampleCsv open(Reader text, @Nullable Long id, FileMapping mapping)
      throws IOException {
    return SampleCsv.open(text, new SampleCsv.FileContext(KNOWN::get, id, mapping));
  }

  private static SampleCsv reader(Reader text) throws IOException {
    return open(text, null);
  }

  private static List<SampleRow> rows(String text) throws IOException {
    var rows = new ArrayList<SampleRow>();
    try (var csv = reader(new StringReader(text))) {
      csv.forEachRemaining(rows::add);
    }
    return rows;
  }

  private static NewSample good(SampleRow row) {
    assertThat(row).isInstanceOf(NewSample.class);
    return (NewSample) row;
  }

  private static String reasons(SampleRow row) {
    assertThat(row).isInstanceOf(RefusedRow.class);
    return ((RefusedRow) row).defects().toString();
  }

  @Test
  void next_completeRow_isASample() throws IOException {
    var rows =
        rows(
            """
            characteristic_id,timestamp,m1,m2,m3,batch_number,operator_id
            2,2026-01-31T09:30:00+01:00,74.030,74.002,74.019,"L-7, night",eva
            """);
    assertThat(rows)
        .containsExactly(
            new NewSample(
                2,
                2,
                Instant.parse("2026-01-31T08:30:00Z"),
                Subgroup.of(74.030, 74.002, 74.019),
                "L-7, night",
                "eva",
                null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFFcharacteristic_id;value\n1;2.5\n",
        "characteristic_id\tvalue\r\n1\t2.5\r\n",
        "VALUE , Characteristic_ID\n 2.5 , 1 \n",
        "value,characteristic_id\n\n2.5,1"
      })
  void next_separatorsMarksAndSpaces_areUnderstood(String text) throws IOException {
    var row = good(rows(text).getFirst());
    assertThat(row.characteristicId()).isEqualTo(1);
    assertThat(row.observation()).isEqualTo(Subgroup.of(2.5));
    assertThat(row.timestamp()).isNull();
    assertThat(row.batchNumber()).isNull();
  }

  @Test
  void next_badRows_eachWithItsLineAndEveryReasonAndReadingGoesOn() throws IOException {
    var rows =
        rows(
            """
            characteristic_id,timestamp,m1,m2,m3
            2,yesterday,1,x,NaN
            9,2026-01-31T08:30:00Z,1,2,3
            2,2026-01-31T08:30:00,1,2,3
            2,,1,2
            2,,1,2,3,4
            2,,1,,3
            ,,1,2,3
            2,,1,2,3
            """);
    assertThat(rows.stream().map(SampleRow::line)).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(reasons(rows.get(0))).contains("yesterday").contains("'x'").contains("'NaN'");
    assertThat(reasons(rows.get(1))).contains("9 is no characteristic");
    assertThat(reasons(rows.get(2))).contains("ISO 8601 time with an offset");
    assertThat(reasons(rows.get(3))).contains("2 measurements, but the subgroup size is 3");
    assertThat(reasons(rows.get(4))).contains("6 fields under 5 columns");
    assertThat(reasons(rows.get(5))).contains("measurements[1]").contains("is empty");
    assertThat(reasons(rows.get(6))).contains("characteristic_id").contains("is missing");
    assertThat(rows.get(7)).isInstanceOf(NewSample.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e999", "0x1p3", "1d", "1_000", "1 2"})
  void next_textThatIsNoDecimalNumber_isRefused(String text) throws IOException {
    assertThat(reasons(rows("characteristic_id,value\n1," + text + "\n").getFirst()))
        .contains("measurements[0]");
  }

  @Test
  void next_decimalComma_isExplained() throws IOException {
    assertThat(reasons(rows("value\n\"2,5\"\n", marked(".")).getFirst()))
        .contains("use a decimal point", "decimal_mark");
    assertThat(reasons(rows("value\n\"2,500\"\n", FileMapping.STANDARD).getFirst()))
        .contains("can be 2500 or 2.5", "decimal_mark");
  }

  @Test
  void next_attributes_takeCountAndSize() throws IOException {
    var row = good(rows("characteristic_id,count,size\n3,14,9.5\n").getFirst());
    assertThat(row.observation().plotted(ChartKind.U)).isEqualTo(14 / 9.5);
  }

  @Test
  void next_smallerSubgroupWhereAllowed_leavesCellsEmpty() throws IOException {
    var row = good(rows("characteristic_id,m1,m2,m3\n4,1,2,\n").getFirst());
    assertThat(row.observation()).isEqualTo(Subgroup.of(1, 2));
  }

  @Test
  void open_fileOfOneCharacteristic_needsNoColumn() throws IOException {
    try (var csv = open(new StringReader("value\n7\n"), 1L)) {
      assertThat(good(csv.next()).characteristicId()).isEqualTo(1);
    }
  }

  @Test
  void open_unusableHeader_tellsEveryDefect() {
    var file = new StringReader("m1,m1,colour\n1,2,3\n");
    assertThat(catchThrowableOfType(HeadwayException.class, () -> open(file, null)).defects())
        .extracting(Defect::column)
        .containsExactly("m1", "colour", "characteristic_id");
  }

  @Test
  void open_emptyFile_isRefused() {
    assertThat(catchThrowableOfType(HeadwayException.class, () -> open(new StringReader(""), null)))
        .isNotNull();
  }

  @Test
  void next_endlessField_endsTheFileWithAReason() throws IOException {
    var rows = rows("characteristic_id,value\n1,2\n1,\"" + "x".repeat(200_000));
    assertThat(rows).hasSize(2);
    assertThat(reasons(rows.get(1))).contains("cannot be read from here");
  }

  @Test
  void next_afterTheEnd_throws() throws IOException {
    try (var csv = reader(new StringReader("characteristic_id,value\n"))) {
      assertThat(csv.hasNext()).isFalse();
      assertThatThrownBy(csv::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  /** A million lines come from a generator; the reader must hold no more than its buffers. */
  @Test
  void next_millionLines_readsAheadOnlyABuffer() throws IOException {
    var source = new GeneratedLines(1_000_000);
    var good = 0;
    var longestLead = 0L;
    try (var csv = reader(source)) {
      while (csv.hasNext()) {
        var row = csv.next();
        good += row instanceof NewSample ? 1 : 0;
        longestLead = Math.max(longestLead, source.lines - row.line());
      }
    }
    assertThat(good).isEqualTo(1_000_000);
    // Two buffers of 64 Ki characters at 5 or more characters a line.
    assertThat(longestLead).isLessThan(2 * 65_536 / 5);
  }

  /** Makes lines up as they are read. */
  private static final class GeneratedLines extends Reader {
    private final int total;
    private String pending = "characteristic_id,value\n";
    private long lines = 1;

    GeneratedLines(int total) {
      this.total = total;
    }

    @Override
    public int read(char[] target, int offset, int length) {
      if (pending.isEmpty()) {
        if (lines > total) {
          return -1;
        }
        pending = "1," + lines % 1_000 + ".5\n";
        lines++;
      }
      var taken = Math.min(length, pending.length());
      pending.getChars(0, taken, target, offset);
      pending = pending.substring(taken);
      return taken;
    }

    @Override
    public void close() {
      pending = "";
    }
  }

  private static List<SampleRow> rows(String text, FileMapping mapping) throws IOException {
    var rows = new ArrayList<SampleRow>();
    try (var csv = open(new StringReader(text), 1L, mapping.checked())) {
      csv.forEachRemaining(rows::add);
    }
    return rows;
  }

  private static FileMapping marked(String decimalMark) {
    return new FileMapping(null, decimalMark, null, null, null, null, null, null, null);
  }

  private static FileMapping timed(@Nullable String format, @Nullable String zone) {
    return new FileMapping(null, null, format, zone, null, null, null, null, null);
  }

  private static FileMapping laidOut(Map<String, String> columns, int header, boolean stacked) {
    return new FileMapping(
        null, null, "dd.MM.yyyy HH:mm", "UTC", columns, true, null, header, stacked);
  }

  private static double value(SampleRow row) {
    return good(row).observation().plotted(ChartKind.INDIVIDUALS);
  }

  @Test
  void next_countAndSizeInAnyOrder_areToldApart() throws IOException {
    var row = good(rows("characteristic_id,size,count\n3,9.5,14\n").getFirst());
    assertThat(row.observation().plotted(ChartKind.U)).isEqualTo(14 / 9.5);
    var swapped = good(rows("characteristic_id,m3,m1,m2\n2,3,1,2\n").getFirst());
    assertThat(swapped.observation()).isEqualTo(Subgroup.of(1, 2, 3));
  }

  @Test
  void next_semicolons_makeACommaTheDecimalMark() throws IOException {
    var rows =
        rows("\uFEFFvalue;batch_number\n10,2;B7\n1.234,5;\n74.0029;\n", FileMapping.STANDARD);
    assertThat(rows).extracting(SampleCsvTest::value).containsExactly(10.2, 1_234.5, 74.0029);
  }

  @Test
  void next_numberThatCanBeRead_inTwoWays_isRefusedUntilTheMarkIsSaid() throws IOException {
    var text = "value;batch_number\n1.234;B7\n";
    assertThat(reasons(rows(text, FileMapping.STANDARD).getFirst()))
        .contains("can be 1234 or 1.234", "decimal_mark");
    assertThat(value(rows(text, marked(",")).getFirst())).isEqualTo(1_234);
    assertThat(value(rows(text, marked(".")).getFirst())).isEqualTo(1.234);
  }

  @Test
  void next_exportOfASpreadsheet_isReadByItsMapping() throws IOException {
    var mapping =
        new FileMapping(
            null,
            null,
            "dd.MM.yyyy HH:mm",
            "Europe/Berlin",
            Map.of("Zeit", "timestamp", "Messwert [mm]", "value"),
            true,
            null,
            null,
            null);
    var text =
        "\uFEFFZeit;Messwert [mm];Maschine;\n20.11.2026 06:00;10,2;M3;\n20.11.2026 06:15;9,7;M3;\n";
    var rows = rows(text, mapping);
    assertThat(rows).extracting(SampleCsvTest::value).containsExactly(10.2, 9.7);
    assertThat(good(rows.getFirst()).timestamp()).isEqualTo(Instant.parse("2026-11-20T05:00:00Z"));
    try (var csv = open(new StringReader(text), 1L, mapping)) {
      assertThat(csv.ignoredColumns()).containsExactly("Maschine", "");
    }
  }

  @Test
  void next_subgroupsInRows_areOneSampleEach() throws IOException {
    var rows =
        rows(
            """
            characteristic_id,timestamp,subgroup,value
            2,2026-11-20T06:00:00Z,1,10.00
            2,2026-11-20T06:01:00Z,1,10.01
            2,2026-11-20T06:02:00Z,1,10.02
            2,2026-11-20T07:00:00Z,2,10.10
            2,2026-11-20T07:01:00Z,2,10.11
            """);
    assertThat(good(rows.getFirst()).observation()).isEqualTo(Subgroup.of(10.00, 10.01, 10.02));
    assertThat(good(rows.getFirst()).timestamp()).isEqualTo(Instant.parse("2026-11-20T06:00:00Z"));
    assertThat(good(rows.getFirst()).line()).isEqualTo(4);
    assertThat(reasons(rows.get(1))).as("it never fills").contains("subgroup size is 3");
  }

  @Test
  void open_directiveOfASpreadsheet_namesTheSeparator() throws IOException {
    var rows = rows("sep=;\nvalue;batch_number\n10,2;B7\nten;\n", FileMapping.STANDARD);
    assertThat(value(rows.getFirst())).isEqualTo(10.2);
    assertThat(rows.get(1).line()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10,2|10.2",
        "1,234.5|1234.5",
        "1.234,5|1234.5",
        "1,234,567|1234567",
        "1.234|1.234",
        "1 234,5|1234.5",
        "1\u00a0234.5|1234.5",
        "1\u202f234,5|1234.5",
        "1'234.5|1234.5",
        "1’234.5|1234.5",
        "\u221210.2|-10.2",
        "10,2 mm|10.2",
        "10.2mm|10.2",
        "10.2 °C|10.2",
        "99 %|99",
        "=\"10.2\"|10.2",
        "1e3|1000"
      })
  void next_numberAsItIsWritten_isRead(String written, double number) throws IOException {
    var text = "value|batch_number\n\"" + written.replace("\"", "\"\"") + "\"|B7\n";
    assertThat(value(rows(text, FileMapping.STANDARD).getFirst())).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1,234", "12O", "10.2.3", "1,2,3", "NaN", "0x10", "-", "#DIV/0!", "<0.5", "10 20"})
  void next_numberThatIsNoneOrDoubtful_isRefused(String written) throws IOException {
    var text = "value|batch_number\n\"" + written + "\"|B7\n";
    assertThat(reasons(rows(text, FileMapping.STANDARD).getFirst())).contains(written);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20 06:00:00+0100, , , 2026-11-20T05:00:00Z",
    "2026-11-20 06:00 +01:00, , , 2026-11-20T05:00:00Z",
    "2026-11-20T06:00+01, , , 2026-11-20T05:00:00Z",
    "1795154400, , , 2026-11-20T06:00:00Z",
    "1795154400.25, , , 2026-11-20T06:00:00.250Z",
    "1795154400000, , , 2026-11-20T06:00:00Z",
    "2026/11/20 06:00, , Europe/Berlin, 2026-11-20T05:00:00Z",
    "2026-11-20, , Europe/Berlin, 2026-11-19T23:00:00Z",
    "20.11.2026, dd.MM.yyyy, Europe/Berlin, 2026-11-19T23:00:00Z",
    "20-NOV-2026 06:00, d-MMM-yyyy HH:mm, Europe/Berlin, 2026-11-20T05:00:00Z",
    "11/20/2026 6:00 pm, M/d/yyyy h:mm a, America/New_York, 2026-11-20T23:00:00Z",
    "20.11.2026 06:00 +01:00, dd.MM.yyyy HH:mm xxx, , 2026-11-20T05:00:00Z"
  })
  void next_timeAsItIsWritten_isRead(String written, String format, String zone, Instant time)
      throws IOException {
    var row = rows("timestamp,value\n" + written + ",1\n", timed(format, zone)).getFirst();
    assertThat(good(row).timestamp()).isEqualTo(time);
  }

  @Test
  void next_timeWithoutOffset_namesTheRemedy() throws IOException {
    var text = "timestamp,value\n2026-11-20 06:00,1\n20.11.2026 06:00,1\n";
    assertThat(reasons(rows(text, FileMapping.STANDARD).getFirst())).contains("say the zone");
    var formed = rows(text, timed("dd.MM.yyyy HH:mm", null));
    assertThat(reasons(formed.get(1))).contains("has no offset; say the zone");
    assertThat(reasons(rows("timestamp,value\nnow,1\n", timed("dd.MM.yyyy", "UTC")).getFirst()))
        .contains("not of the form dd.MM.yyyy");
  }

  @Test
  void open_reportBeforeTheHeader_isPassedOver_andLinesKeepTheirNumbers() throws IOException {
    var text =
        "Report of M3\nDate;20.11.2026\n\nValue [mm];Time;Date\n10,2;06:00;20.11.2026\nx;;\n";
    var rows = rows(text, laidOut(Map.of(), 4, false));
    assertThat(value(rows.getFirst())).isEqualTo(10.2);
    assertThat(good(rows.getFirst()).timestamp()).isEqualTo(Instant.parse("2026-11-20T06:00:00Z"));
    assertThat(rows.get(1).line()).isEqualTo(6);
  }

  @Test
  void open_fileWithoutHeader_isReadByPlaces() throws IOException {
    var columns = Map.of("#2", "value", "#1", "timestamp");
    var text = "20.11.2026 06:00;10,2;M3\n20.11.2026 06:15;9,7;M3\n";
    var rows = rows(text, laidOut(columns, 0, false));
    assertThat(rows).extracting(SampleCsvTest::value).containsExactly(10.2, 9.7);
    try (var csv = open(new StringReader(text), 1L, laidOut(columns, 0, false))) {
      assertThat(csv.ignoredColumns()).containsExactly("#3");
    }
  }

  @Test
  void next_stackedRows_makeUpSubgroups() throws IOException {
    var rows = new ArrayList<SampleRow>();
    var text = "value\n1\n2\n3\n\n4\nfive\n6\n7\n";
    try (var csv = open(new StringReader(text), 2L, laidOut(Map.of(), 1, true))) {
      csv.forEachRemaining(rows::add);
    }
    assertThat(good(rows.getFirst()).observation()).isEqualTo(Subgroup.of(1, 2, 3));
    assertThat(reasons(rows.get(1))).contains("five");
    assertThat(reasons(rows.get(2))).contains("1 measurement, but the subgroup size is 3");
  }

  @Test
  void next_mergedCellsAndRowsWithoutText_goOnWithTheirSubgroup() throws IOException {
    var text =
        """
        characteristic_id,timestamp,subgroup,value
        2,2026-11-20T06:00:00Z,A,1
        ,,,2
        ,,,3
        ,,,
        2,2026-11-20T07:00:00Z,B,4
        ,,,5
        ,,,6
        """;
    assertThat(rows(text).stream().map(row -> good(row).observation()))
        .containsExactly(Subgroup.of(1, 2, 3), Subgroup.of(4, 5, 6));
  }

  @Test
  void next_subgroupThatNeverEnds_isOneRefusedSample() throws IOException {
    var text = "characteristic_id,subgroup,value\n" + "2,A,1\n".repeat(29);
    var rows = rows(text);
    assertThat(rows).hasSize(1);
    assertThat(reasons(rows.getFirst())).contains("the subgroup size is 3");
  }

  @Test
  void mapping_thatNothingCanFit_tellsEveryDefect() {
    var mapping =
        new FileMapping(
            "klingon", ";", "qq", "Mars/Olympus", Map.of("a", "colour"), null, null, -1, null);
    assertThat(catchThrowableOfType(HeadwayException.class, mapping::checked).defects())
        .extracting(Defect::field)
        .containsExactly("charset", "decimal_mark", "time_format", "header_line", "columns");
  }
}
