package dev.headway.filling.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.Defect;
import dev.headway.filling.model.Changeovers;
import dev.headway.filling.model.Line;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.RunOptions;
import dev.headway.filling.model.Settings;
import dev.headway.server.http.contract.RecordSchema;
import dev.headway.server.json.JsonCodec;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings as requests bring them: held against the contract's schema, then read. */
class SettingsDraftTest {
  private static final RecordSchema<SettingsDraft> SCHEMA =
      new RecordSchema<>(
          "/dev/headway/filling/openapi.yaml", "FillingSettings", SettingsDraft.class);

  private static Parsed<Settings> read(Map<String, ? extends @Nullable Object> raw) {
    var bound = SCHEMA.bind("config", JsonCodec.mapper().valueToTree(raw));
    return bound.value().settings(bound.defects());
  }

  private static List<String> errors(Map<String, ? extends @Nullable Object> raw) {
    return read(raw).errors().stream().map(Defect::message).toList();
  }

  @Test
  void read_nothing_isTheDefaults() {
    var settings = read(Map.of()).orThrow();
    assertThat(settings).isEqualTo(Settings.withLines(1));
    assertThat(settings.lines().getFirst())
        .isEqualTo(new Line("Line 1", Micros.ofHours(120), BigDecimal.valueOf(19_920)));
  }

  @Test
  void read_nulls_areTheDefaults() {
    Map<String, @Nullable Object> raw = new HashMap<>();
    var nothing = JsonCodec.mapper().readValue("{}", SettingsDraft.class);
    JsonCodec.mapper().valueToTree(nothing).propertyNames().forEach(key -> raw.put(key, null));
    assertThat(raw).hasSize(SettingsDraft.class.getRecordComponents().length);
    assertThat(read(raw).orThrow()).isEqualTo(Settings.withLines(1));
  }

  @Test
  void read_everything_isTaken() {
    Map<String, Object> raw = new HashMap<>();
    raw.put("fill_rate_vph", 10_000);
    raw.put("clean_hours", 12.5);
    raw.put("window_hours", 96);
    raw.put(
        "changeover_matrix", Map.of("A", Map.of("A", 1, "B", 2.5), "B", Map.of("A", 3, "B", 0)));
    raw.put(
        "lines",
        List.of(Map.of(), Map.of("name", "Vials 2", "window_hours", 48, "fill_rate_vph", 5_000)));
    raw.put("start_time", "2026-11-21T08:00:00+02:00");
    raw.put("time_limit_seconds", 2.5);
    raw.put("seed", 42);
    var settings = read(raw).orThrow();
    assertThat(settings.cleaning()).isEqualTo(Micros.PER_HOUR * 25 / 2);
    assertThat(settings.changeovers().between("A", "B")).isEqualTo(Micros.PER_HOUR * 5 / 2);
    assertThat(settings.changeovers().between("B", "B")).isZero();
    assertThat(settings.changeovers().between("A", "C")).isNull();
    assertThat(settings.lines())
        .containsExactly(
            new Line("Line 1", Micros.ofHours(96), BigDecimal.valueOf(10_000)),
            new Line("Vials 2", Micros.ofHours(48), BigDecimal.valueOf(5_000)));
    assertThat(settings.run())
        .isEqualTo(
            new RunOptions(Instant.parse("2026-11-21T06:00:00Z"), Duration.ofMillis(2500), 42));
  }

  @Test
  void read_lineCount_makesNamedLines() {
    assertThat(read(Map.of("lines", 3)).orThrow().lines())
        .extracting(Line::name)
        .containsExactly("Line 1", "Line 2", "Line 3");
  }

  @Test
  void read_changeoversByKind_areTaken() {
    var raw = Map.of("changeover_same_hours", 2, "changeover_different_hours", 6);
    assertThat(read(raw).orThrow().changeovers())
        .isEqualTo(new Changeovers.ByKind(Micros.ofHours(2), Micros.ofHours(6)));
  }

  @Test
  void read_unknownKey_namesTheNearest() {
    assertThat(errors(Map.of("windw_hours", 1)))
        .containsExactly("Unknown field 'config.windw_hours'. Did you mean 'window_hours'?");
    assertThat(errors(Map.of("colour", 1)))
        .singleElement()
        .asString()
        .startsWith("Unknown field 'config.colour'. Known fields: fill_rate_vph, clean_hours");
  }

  @Test
  void read_manyDefects_areAllReported() {
    Map<String, Object> raw = new LinkedHashMap<>();
    raw.put("clean_hours", -1);
    raw.put("changeover_same_hours", "four");
    raw.put("changeover_different_hours", 1e300);
    raw.put("changeover_matrix", Map.of("A", Map.of("B", -2)));
    raw.put("window_hours", 0);
    raw.put("fill_rate_vph", List.of());
    raw.put("lines", List.of(Map.of("name", "X", "windowhours", 5), 7));
    raw.put("start_time", "tomorrow");
    raw.put("time_limit_seconds", 1e9);
    raw.put("seed", 1.5);
    assertThat(read(raw).errors())
        .extracting(Defect::field)
        .containsExactlyInAnyOrder(
            "config.clean_hours",
            "config.changeover_same_hours",
            "config.changeover_different_hours",
            "config.changeover_matrix.A.B",
            "config.window_hours",
            "config.fill_rate_vph",
            "config.lines[0].windowhours",
            "config.lines[1]",
            "config.time_limit_seconds",
            "config.seed",
            "config.start_time");
  }

  @Test
  void read_lineNamesThatNoPlanMayHave_areRefused() {
    var lines = List.of(Map.of("name", "X"), Map.of("name", " X "), Map.of("name", "  "));
    assertThat(read(Map.of("lines", lines)).errors())
        .containsExactly(
            Defect.ofField("config.lines[1].name", "The line name 'X' is used twice."),
            Defect.ofField("config.lines[2].name", "A line's name must have 1 to 100 characters."));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1.5, 21, 1e300})
  void read_lineCountOutOfRange_isRefused(double count) {
    assertThat(errors(Map.of("lines", count)))
        .singleElement()
        .asString()
        .startsWith("config.lines (" + JsonCodec.json(count).text() + ") must be ");
  }

  @Test
  void read_linesOfOtherKinds_areRefused() {
    assertThat(errors(Map.of("lines", "two"))).hasSize(1);
    assertThat(errors(Map.of("lines", List.of()))).hasSize(1);
    assertThat(errors(Map.of("changeover_matrix", 5))).hasSize(1);
  }

  @Test
  void problem_lotLongerThanEveryWindow_isReportedWithItsRow() {
    var lots =
        LotsReader.csv(
            "Lot ID,Type,Vials\nok,X,1\nlong,X,2400000\n".getBytes(StandardCharsets.UTF_8));
    assertThat(ProblemReader.read(lots, read(Map.of())).errors())
        .singleElement()
        .isEqualTo(
            new Defect(
                null,
                3,
                null,
                "Lot 'long' takes 120.48 h to fill, longer than the window of 120.00 h; split it"
                    + " or lengthen the window."));
    var wider = List.of(Map.of(), Map.of("name", "Wide", "window_hours", 121));
    var settings = read(Map.of("lines", wider));
    assertThat(ProblemReader.read(lots, settings).valid()).isTrue();
  }

  @Test
  void problem_lotThatFillsTheWindowExactly_isSound() {
    var lots =
        new ReadLots(
            List.of(new ReadLots.Placed(1, new Lot("a", "A", 120 * 19_920))), List.of(), List.of());
    var problem = ProblemReader.read(lots, read(Map.of())).orThrow();
    assertThat(problem.fill(0, 0)).isEqualTo(problem.window(0));
  }

  @Test
  void problem_defectsOfLotsAndSettings_areReportedTogether() {
    var lots = LotsReader.rows(List.of(LotRow.of(1, Map.of("lot_id", "a"))));
    var problem = ProblemReader.read(lots, read(Map.of("clean_hours", -1)));
    assertThat(problem.errors())
        .extracting(defect -> defect.column() != null ? defect.column() : defect.field())
        .containsExactly("lot_type", "vials", "config.clean_hours");
  }

  @Test
  void problem_matrixWithoutAPair_namesIt() {
    var lots =
        LotsReader.rows(
            List.of(
                LotRow.of(1, Map.of("lot_id", "a", "lot_type", "A", "vials", 1)),
                LotRow.of(2, Map.of("lot_id", "b", "lot_type", "B", "vials", 1))));
    var matrix = Map.of("changeover_matrix", Map.of("A", Map.of("A", 1, "B", 1)));
    assertThat(ProblemReader.read(lots, read(matrix)).errors())
        .extracting(Defect::message)
        .containsExactly(
            "changeover_matrix has no hours from 'B' to 'A', 'B'; give every pair of types.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9999-12-31T00:00:00Z", "+99999-01-01T00:00:00Z", "1969-12-31T23:59:59Z"})
  void read_startTimeThatNobodyMeans_isRefused(String start) {
    assertThat(read(Map.of("start_time", start)).errors())
        .singleElement()
        .satisfies(defect -> {
          assertThat(defect.field()).isEqualTo("config.start_time");
          assertThat(defect.message()).startsWith("start_time must be from 1970 to 2199");
        });
  }

  @Test
  void read_matrixCellOfNull_isADefectAndNotNoTime() {
    var row = new HashMap<String, Object>();
    row.put("T", 4);
    row.put("U", null);
    var matrix = Map.of("T", row, "U", Map.of("T", 8, "U", 4));
    assertThat(read(Map.of("changeover_matrix", matrix)).errors())
        .singleElement()
        .satisfies(defect -> {
          assertThat(defect.field()).isEqualTo("config.changeover_matrix.T.U");
          assertThat(defect.message()).contains("T.U (null) must be a number");
        });
  }

  @Test
  void read_matrixTypeTwice_isADefect() {
    var row = Map.of("T", 8, "U", 4, "U\u00A0", 5);
    var matrix = Map.of("T", Map.of("T", 4, "U", 8), "U", row);
    assertThat(errors(Map.of("changeover_matrix", matrix)))
        .containsExactly("changeover_matrix has the type 'U' twice; leave one out.");
  }

  @Test
  void read_matrixBesideHoursOfChangeovers_saysWhichIsLeftOut() {
    var matrix = Map.of("T", Map.of("T", 4));
    var read = read(Map.of("changeover_matrix", matrix, "changeover_same_hours", 2));
    assertThat(read.valid()).isTrue();
    assertThat(read.warnings())
        .extracting(Defect::message)
        .containsExactly(
            "The changeover_matrix has every changeover; changeover_same_hours and"
                + " changeover_different_hours are left out.");
  }

  @Test
  void problem_lotDueBeforeTheStart_isWarnedOf() {
    var due = Map.of("lot_id", "a", "lot_type", "A", "vials", 1_000, "due", "2026-01-01");
    var lots = LotsReader.rows(List.of(LotRow.of(1, due)));
    var settings = read(Map.of("start_time", "2026-11-21T06:00:00Z"));
    var read = ProblemReader.read(lots, settings);
    assertThat(read.valid()).isTrue();
    assertThat(read.warnings())
        .extracting(Defect::message)
        .containsExactly("Lot 'a' is due before the schedule begins, so it will be late.");
  }
}
