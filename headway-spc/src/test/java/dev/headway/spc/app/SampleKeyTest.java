package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.json.JsonCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import org.dhatim.fastexcel.Workbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Samples that come again, and files of other kinds than CSV. */
final class SampleKeyTest {
  private static final String SHEET =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  @TempDir private Path data = Path.of("");
  private final HttpClient http = HttpClient.newHttpClient();
  private SpcServer spc;
  private long id;

  @BeforeEach
  void start() throws Exception {
    spc = new SpcServer(data);
    id = spc.characteristic("bore");
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    spc.close();
  }

  private String sample(String key, double value) {
    return "{\"characteristic_id\":%d,\"measurements\":[%s],\"key\":\"%s\"}"
        .formatted(id, value, key);
  }

  private JsonNode samples() throws Exception {
    return spc.get("/api/v1/samples?characteristic_id=" + id).expect(200).body();
  }

  @Test
  void sample_thatComesAgainUnderItsKey_isStoredOnce() throws Exception {
    var first = spc.post("/api/v1/samples", sample("A-1", 10)).expect(201).body();
    var again = spc.post("/api/v1/samples", sample("A-1", 10)).expect(200).body();
    assertThat(again.get("sample_id")).isEqualTo(first.get("sample_id"));
    assertThat(again.get("repeated").asBoolean()).isTrue();
    spc.post("/api/v1/samples", sample("A-2", 11)).expect(201);
    assertThat(samples().get("total").asInt()).isEqualTo(2);
  }

  @Test
  void batch_withAKeyTwice_storesItOnceAndAnswersForEach() throws Exception {
    var batch = "[%s,%s,%s]".formatted(sample("A", 1), sample("B", 2), sample("A", 1));
    var taken = spc.post("/api/v1/samples/batch?synchronous=true", batch).expect(201).body();
    assertThat(taken.get("imported").asInt()).isEqualTo(2);
    assertThat(taken.at("/samples/2/sample_id")).isEqualTo(taken.at("/samples/0/sample_id"));
  }

  @Test
  void sample_thatWasDeleted_doesNotComeBackUnderItsKey() throws Exception {
    var sample = spc.post("/api/v1/samples", sample("A-1", 10)).expect(201).id("sample_id");
    spc.call("DELETE", "/api/v1/samples/" + sample, null, "{\"reason\":\"typing error\"}")
        .expect(204);
    assertThat(spc.post("/api/v1/samples", sample("A-1", 10)).expect(409).text())
        .contains("A-1", "deleted");
  }

  @Test
  void export_thatGrows_isImportedAgainWithoutHarm() throws Exception {
    var source =
        spc.post(
                "/api/v1/sources",
                "{\"name\":\"Gauge 3\",\"characteristic_id\":%d,\"mapping\":{\"unique_times\":true}}"
                    .formatted(id))
            .expect(201)
            .id("id");
    var day1 = "timestamp,value\n2026-11-20T06:00:00Z,10.2\n2026-11-20T06:15:00Z,9.7\n";
    imported("source=" + source, "text/csv", day1.getBytes(StandardCharsets.UTF_8));
    var day2 = day1 + "2026-11-20T06:30:00Z,9.9\n";
    var result = imported("source=" + source, "text/csv", day2.getBytes(StandardCharsets.UTF_8));
    assertThat(result.get("imported").asInt()).isEqualTo(1);
    assertThat(result.get("repeated").asInt()).isEqualTo(2);
    assertThat(samples().get("total").asInt()).isEqualTo(3);
  }

  private JsonNode imported(String query, String type, byte[] file) throws Exception {
    var uri = URI.create(spc.server.url() + "/api/v1/samples/import?" + query);
    var request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(file))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    var job = JsonCodec.mapper().readTree(answer.body()).get("job_id").asString();
    return spc.ended(job).get("result_payload");
  }

  private static byte[] workbook() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var book = new Workbook(out, "test", "1.0")) {
      var sheet = book.newWorksheet("Messungen");
      sheet.value(0, 0, "Zeit");
      sheet.value(0, 1, "Messwert [mm]");
      sheet.value(0, 2, "Prüfer");
      for (var row = 1; row <= 3; row++) {
        sheet.value(row, 0, LocalDateTime.of(2026, 11, 20, 6, 15 * (row - 1)));
        sheet.style(row, 0).format("dd/mm/yyyy hh:mm").set();
        sheet.value(row, 1, 74.0029 + row);
        sheet.value(row, 2, "Müller");
      }
    }
    return out.toByteArray();
  }

  @Test
  void workbook_isImported_byTheMappingOfItsSource() throws Exception {
    var mapping =
        """
        {"name":"Gauge 3","characteristic_id":%d,"mapping":{"time_format":"dd.MM.yyyy HH:mm",
         "decimal_mark":",","zone":"Europe/Berlin",
         "columns":{"Zeit":"timestamp","Messwert [mm]":"value","Prüfer":"operator_id"}}}
        """
            .formatted(id);
    var source = spc.post("/api/v1/sources", mapping).expect(201).id("id");
    var result = imported("source=" + source, SHEET, workbook());
    assertThat(result.get("imported").asInt()).as(result.toString()).isEqualTo(3);
    var newest = samples().at("/samples/0");
    assertThat(newest.get("measurements").get(0).asDouble()).isEqualTo(77.0029);
    assertThat(newest.get("timestamp").asString()).isEqualTo("2026-11-20T05:30:00.000Z");
    assertThat(newest.get("operator_id").asString()).isEqualTo("Müller");
  }

  @Test
  void preview_ofAMappingThatIsNotStored_showsColumnsCellsAndWhatIsWrong() throws Exception {
    var none = form(null);
    assertThat(none.get("columns").toString()).isEqualTo("[\"Zeit\",\"Messwert [mm]\"]");
    assertThat(none.get("cells").toString()).contains("\"10,2\"");
    assertThat(none.at("/problems/0").asString()).contains("no such column as 'zeit'");
    var mapped =
        form(
            "{\"time_format\":\"dd.MM.yyyy HH:mm\",\"zone\":\"Europe/Berlin\",\"columns\":{\"Zeit\":\"timestamp\",\"Messwert [mm]\":\"value\"}}");
    assertThat(mapped.get("problems").isEmpty()).isTrue();
    assertThat(mapped.at("/rows/0/measurements/0").asDouble()).isEqualTo(10.2);
  }

  private JsonNode form(@Nullable String mapping) throws Exception {
    var part = "--x\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n";
    var file = "Zeit;Messwert [mm]\n20.11.2026 06:00;10,2\n";
    var body =
        part.formatted("file", "; filename=\"a.csv\"", file)
            + part.formatted("characteristic_id", "", id)
            + (mapping == null ? "" : part.formatted("mapping", "", mapping))
            + "--x--\r\n";
    return spc.call(
            "POST", "/api/v1/sources/preview", null, body, "multipart/form-data; boundary=x")
        .expect(200)
        .body();
  }
}
