package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples with their verdicts as files. */
final class ExportTest {
  @TempDir private Path data = Path.of("");
  private SpcServer spc;
  private long id;

  @BeforeEach
  void start() throws Exception {
    spc = new SpcServer(data);
    id = spc.limited("bore");
    take("2026-01-01T06:00:00Z", 10.5, "B7");
    take("2026-01-01T07:00:00Z", 14.0, "=1+1");
  }

  @AfterEach
  void stop() {
    spc.close();
  }

  private void take(String at, double value, String batch) throws Exception {
    spc.post(
            "/api/v1/samples",
            "{\"characteristic_id\":%d,\"measurements\":[%s],\"timestamp\":\"%s\",\"batch_number\":\"%s\"}"
                .formatted(id, value, at, batch))
        .expect(201);
  }

  private String path(String query) {
    return "/api/v1/characteristics/%d/export%s".formatted(id, query);
  }

  @Test
  void csv_hasEachSampleWithItsVerdictAndLimits() throws Exception {
    assertThat(spc.text(path("")).lines())
        .containsExactly(
            "sample_id,timestamp,stage,value,spread,zone,in_control,excluded,lcl,center_line,ucl,"
                + "batch_number,operator_id,violations,annotations,measurement_1",
            "1,2026-01-01T06:00:00Z,Stage 1,10.5,,zone_c_upper,true,false,7.0,10.0,13.0,B7,,,,10.5",
            "2,2026-01-01T07:00:00Z,Stage 1,14.0,3.5,beyond_ucl,false,false,7.0,10.0,13.0,'=1+1,,1,,"
                + "14.0");
    assertThat(spc.text(path("?from=2026-01-01T06:30:00Z")).lines()).hasSize(2);
  }

  @Test
  void xlsx_hasSamplesAndStages() throws Exception {
    var request = HttpRequest.newBuilder(URI.create(spc.server.url() + path("?format=xlsx")));
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(request.build(), BodyHandlers.ofByteArray());
      assertThat(answer.headers().firstValue("content-disposition"))
          .contains("attachment; filename=\"characteristic-%d.xlsx\"".formatted(id));
      try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(answer.body()))) {
        var rows = workbook.getFirstSheet().read();
        assertThat(rows).hasSize(3);
        assertThat(rows.get(1).getCellAsNumber(3).orElseThrow().doubleValue()).isEqualTo(10.5);
        assertThat(rows.get(2).getCellAsBoolean(6)).contains(false);
        var stages = workbook.findSheet("Stages").orElseThrow().read();
        assertThat(stages.get(1).getCellAsString(0)).contains("Stage 1");
      }
    }
  }

  @Test
  void export_ofAnotherFormat_isRefused() throws Exception {
    spc.get(path("?format=doc")).expect(422);
  }
}
