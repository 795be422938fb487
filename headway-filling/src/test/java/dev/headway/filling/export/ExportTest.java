package dev.headway.filling.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import dev.headway.core.job.Json;
import dev.headway.filling.Instance;
import dev.headway.filling.RandomProblems;
import dev.headway.filling.bound.LowerBound;
import dev.headway.filling.input.LotsReader;
import dev.headway.filling.input.ReadLots;
import dev.headway.filling.input.StatedSettings;
import dev.headway.filling.model.Block;
import dev.headway.filling.model.Changeovers;
import dev.headway.filling.model.Kpis;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.Schedule;
import dev.headway.filling.model.Settings;
import dev.headway.filling.strategy.Heuristics;
import dev.headway.filling.strategy.PlanningListener;
import dev.headway.filling.strategy.Strategy;
import dev.headway.server.file.SpreadsheetText;
import dev.headway.server.json.JsonCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTest {
  private static final Instant START = Instant.parse("2026-11-21T06:00:00Z");

  private static ScheduleReport report(Problem problem, String name) {
    var planner = Objects.requireNonNull(Heuristics.all().get(Strategy.LPT_PACK));
    var plan = planner.plan(problem, PlanningListener.SILENT).plan();
    var schedule = Schedule.of(problem, plan, START);
    return new ScheduleReport(
        name,
        "lpt-pack",
        schedule,
        Kpis.of(schedule, LowerBound.of(problem)),
        StatedSettings.of(problem.settings(), schedule.start()));
  }

  private static ScheduleReport demo(int lines) {
    var lots =
        LotsReader.csv(Instance.bytes("/dev/headway/filling/demo-lots.csv")).lots().stream()
            .map(ReadLots.Placed::lot);
    return report(new Problem(lots.toList(), Settings.withLines(lines)), "Week 47, demonstration");
  }

  private static byte[] pdf(ScheduleReport report, String file) throws IOException {
    return pdf(report, List.of(), file);
  }

  private static byte[] pdf(ScheduleReport report, List<Path> fonts, String file)
      throws IOException {
    var out = new ByteArrayOutputStream();
    PdfExport.write(report, () -> fonts, out);
    Files.write(Path.of("target", file), out.toByteArray());
    return out.toByteArray();
  }

  @Test
  void csv_demoSchedule_isTheGoldenFile() throws IOException {
    var out = new ByteArrayOutputStream();
    CsvExport.write(demo(1), out);
    Files.write(Path.of("target", "demo-schedule.csv"), out.toByteArray());
    assertThat(out.toString(UTF_8))
        .isEqualTo(new String(Instance.bytes("/dev/headway/filling/demo-schedule.csv"), UTF_8));
  }

  /** Clocks in Berlin are put back on 25 October 2026 and put forward on 29 March 2026. */
  @ParameterizedTest
  @CsvSource({
    "2026-10-24T12:00:00Z, 2026-10-24 14:00:00, 2026-10-25 13:00:00",
    "2026-03-28T12:00:00Z, 2026-03-28 13:00:00, 2026-03-29 14:00:00"
  })
  void files_clocksThatChange_showTheSitesTimesAndAgree(Instant start, String clean, String fill)
      throws IOException {
    var berlin = inBerlin(start);
    var csv = new ByteArrayOutputStream();
    CsvExport.write(berlin, csv);
    var row = csv.toString(UTF_8).lines().skip(1).findFirst().orElseThrow();
    assertThat(row)
        .startsWith(clean + "," + fill + ",CLEAN,")
        .contains("," + start + "," + start.plus(Duration.ofDays(1)) + ",Europe/Berlin,");
    var sheet = Objects.requireNonNull(xlsx(berlin).get("xl/worksheets/sheet1.xml"));
    assertThat(sheet).contains("<v>" + serial(clean) + "</v>", "<v>" + serial(fill) + "</v>");
    try (var document = Loader.loadPDF(pdf(berlin, "berlin.pdf"))) {
      assertThat(new PDFTextStripper().getText(document))
          .contains("Start (Europe/Berlin)", clean.substring(0, 16), fill.substring(0, 16));
    }
  }

  private static ScheduleReport inBerlin(Instant start) {
    var usual = Settings.withLines(1);
    var settings =
        new Settings(
            usual.cleaning(),
            usual.changeovers(),
            usual.lines(),
            ZoneId.of("Europe/Berlin"),
            usual.run());
    var problem = new Problem(List.of(new Lot("A1", "A", 199_200)), settings);
    var plan = new Plan(List.of(List.of(new Block(List.of(0)))));
    var schedule = Schedule.of(problem, plan, start);
    return new ScheduleReport(
        "Clocks", "given", schedule, Kpis.of(schedule, 1), StatedSettings.of(settings, start));
  }

  /** A date and time as spreadsheets count it: days since 30 December 1899. */
  private static String serial(String text) {
    var moment = LocalDateTime.parse(text.replace(' ', 'T'));
    var days = Duration.between(LocalDate.of(1899, 12, 30).atStartOfDay(), moment).toSeconds();
    return String.valueOf(days / 86_400d);
  }

  @Test
  void pdfAndXlsx_anySchedule_sayTheRules() throws IOException {
    var strings = String.join("", xlsx(demo(2)).values());
    assertThat(strings)
        .contains("Seed", "window 120 h; 19,920 vials/h", "Changeover within a type");
    try (var document = Loader.loadPDF(pdf(demo(2), "rules.pdf"))) {
      assertThat(new PDFTextStripper().getText(document))
          .contains("Rules", "Changeover between types", "8 h", "Time limit", "60 s");
    }
  }

  @Test
  void csv_firstRow_hasTheRulesToPlanAgainBy() throws IOException {
    var out = new ByteArrayOutputStream();
    CsvExport.write(demo(2), out);
    var rows = CsvReader.builder().ofNamedCsvRecord(out.toString(UTF_8)).stream().toList();
    var rules = JsonCodec.tree(new Json(rows.getFirst().getField("rules")));
    assertThat(rules.path("lines").size()).isEqualTo(2);
    assertThat(rules.path("clean_hours").asInt()).isEqualTo(24);
    assertThat(rules.path("start_time").asString()).isEqualTo("2026-11-21T06:00:00Z");
    assertThat(rows.stream().skip(1)).allMatch(row -> row.getField("rules").isEmpty());
  }

  @Test
  void pdf_matrixOfManyTypes_saysAllItsHours() throws IOException {
    var lots =
        IntStream.range(0, 40)
            .mapToObj(at -> new Lot("L" + at, "A type with a long name " + at, 100_000))
            .toList();
    var report = report(new Problem(lots, matrix(lots)), "Matrix");
    try (var document = Loader.loadPDF(pdf(report, "matrix.pdf"))) {
      var text = new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
      assertThat(text)
          .contains("Changeover from A type with a")
          .contains("to A type with a long name 38 2 h, to A type with a long name 39 2 h")
          .contains("Seed");
    }
  }

  private static Settings matrix(List<Lot> lots) {
    var row = new LinkedHashMap<String, Long>();
    lots.forEach(lot -> row.put(lot.type(), Micros.ofHours(2)));
    var times = new LinkedHashMap<String, Map<String, Long>>();
    lots.forEach(lot -> times.put(lot.type(), row));
    var usual = Settings.withLines(1);
    return new Settings(
        usual.cleaning(), new Changeovers.Matrix(times), usual.lines(), usual.run());
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@x", "\t=1", "\r=1"})
  void neutral_formulaStart_getsAnApostrophe(String text) {
    assertThat(SpreadsheetText.neutral(text)).isEqualTo("'" + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a=b", "VialA", "1-2", " =1"})
  void neutral_plainText_stays(String text) {
    assertThat(SpreadsheetText.neutral(text)).isEqualTo(text);
  }

  @Test
  void csvAndXlsx_formulaAsLot_isNeutralised() throws IOException {
    var lot = new Lot("=cmd|' /C calc'!A0", "@type", 1000);
    var report = report(new Problem(List.of(lot), Settings.withLines(1)), "=name");
    var csv = new ByteArrayOutputStream();
    CsvExport.write(report, csv);
    assertThat(csv.toString(UTF_8)).contains(",'=cmd|' /C calc'!A0,'@type,");
    var strings = String.join("", xlsx(report).values());
    assertThat(strings).contains("&apos;=cmd").contains("&apos;@type").contains("&apos;=name");
    assertThat(strings).doesNotContain(">=").doesNotContain(">@");
  }

  @Test
  void xlsx_demoSchedule_hasBothSheets() throws IOException {
    var entries = xlsx(demo(2));
    assertThat(entries.get("xl/workbook.xml")).contains("Schedule").contains("Summary");
    assertThat(Objects.requireNonNull(entries.get("xl/worksheets/sheet1.xml")).split("<row ", -1))
        .hasSize(1 + 1 + demo(2).schedule().activities().size());
  }

  private static Map<String, String> xlsx(ScheduleReport report) throws IOException {
    var file = Path.of("target", "export.xlsx");
    try (var out = Files.newOutputStream(file)) {
      XlsxExport.write(report, out);
    }
    Map<String, String> entries = new HashMap<>();
    try (var zip = new ZipFile(file.toFile())) {
      for (var entry : Collections.list(zip.entries())) {
        entries.put(entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), UTF_8));
      }
    }
    return entries;
  }

  @Test
  void pdf_demoSchedule_showsKpisTypesAndEveryLot() throws IOException {
    try (var document = Loader.loadPDF(pdf(demo(1), "demo.pdf"))) {
      var text = new PDFTextStripper().getText(document);
      assertThat(text)
          .contains("Week 47, demonstration", "Makespan", "Utilisation", "Tetanus vaccine")
          .contains("HEP-2611-01", "MAB-2611-03", "Sat 21 Nov 2026", "Clean 2", "Page 1 of 3");
    }
  }

  @Test
  void pdf_longScheduleOnSeveralLines_breaksPages() throws IOException {
    var report = report(RandomProblems.large(3, 300, 4), "Three hundred lots");
    try (var document = Loader.loadPDF(pdf(report, "large.pdf"))) {
      assertThat(document.getNumberOfPages()).isGreaterThan(10);
      var text = new PDFTextStripper().getText(document);
      assertThat(text).contains("G00000", "G00299", "Line 4");
    }
  }

  @Test
  void pdf_lettersOfAnyScript_areDrawnOrReplaced() throws IOException {
    var lots =
        List.of(
            new Lot("Müller-Ωmega-Жук", "Типы", 900_000),
            new Lot("批号一", "x".repeat(200), 900_000),
            new Lot("🙂", "Y", 900_000));
    var report = report(new Problem(lots, Settings.withLines(2)), "Ünïcödé " + "long ".repeat(60));
    try (var document = Loader.loadPDF(pdf(report, "scripts.pdf"))) {
      var text = new PDFTextStripper().getText(document);
      assertThat(text).contains("Müller-Ωmega-Жук", "Типы", "???");
      assertThat(text).contains("Letters that no font of the server has are shown as '?'.");
    }
  }

  @Test
  void pdf_lettersOfAFurtherFont_areDrawnWithIt() throws IOException {
    var font = Path.of("target", "fallback.ttf");
    Files.write(font, Instance.bytes("/dev/headway/filling/DroidSansFallback.ttf"));
    var lots = List.of(new Lot("批号一-01", "ワクチン", 900_000), new Lot("L2", "一号", 900_000));
    var report = report(new Problem(lots, Settings.withLines(1)), "批号");
    var fonts = List.of(Path.of("target", "none.ttf"), font);
    try (var document = Loader.loadPDF(pdf(report, fonts, "han.pdf"))) {
      var text = new PDFTextStripper().getText(document);
      assertThat(text).contains("批号一-01", "ワクチン", "一号").doesNotContain("?");
    }
  }

  @Test
  void toJson_fill_hasTheContractsMembers() {
    var rows = ActivityRow.of(demo(1).schedule());
    assertThat(rows.get(0).toJson())
        .containsOnlyKeys("start", "end", "kind", "line", "note", "duration_hours")
        .containsEntry("kind", "CLEAN")
        .containsEntry("start", "2026-11-21T06:00:00Z")
        .containsEntry("duration_hours", 24.0);
    assertThat(rows.get(1).toJson().keySet()).containsExactlyElementsOf(ActivityRow.COLUMNS);
  }
}
