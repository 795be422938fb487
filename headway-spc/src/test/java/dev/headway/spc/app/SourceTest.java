package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.json.JsonCodec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Files as they come: stored mappings, previews, and charsets. */
final class SourceTest {
  private static final String EXPORT =
      "Zeit;Messwert [mm];Maschine\n20.11.2026 06:00;10,2;M3\n20.11.2026 06:15;zehn;M3\n";

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

  private static String draft(long characteristic) {
    return """
    {"name":"Gauge 3","characteristic_id":%d,"mapping":{"time_format":"dd.MM.yyyy HH:mm",
     "zone":"Europe/Berlin","ignore_others":true,
     "columns":{"Zeit":"timestamp","Messwert [mm]":"value"}}}
    """
        .formatted(characteristic);
  }

  @Test
  void source_madePreviewedAndUsed_readsTheExportOfASpreadsheet() throws Exception {
    var source = spc.post("/api/v1/sources", draft(id)).expect(201).id("id");
    spc.post("/api/v1/sources", draft(id)).expect(409);
    var preview =
        spc.call("POST", "/api/v1/sources/%d/preview".formatted(source), null, EXPORT, "text/csv")
            .expect(200)
            .body();
    assertThat(preview.get("ignored_columns").toString()).isEqualTo("[\"Maschine\"]");
    assertThat(preview.at("/rows/0/measurements/0").asDouble()).isEqualTo(10.2);
    assertThat(preview.at("/rows/0/timestamp").asString()).isEqualTo("2026-11-20T05:00:00.000Z");
    assertThat(preview.at("/rows/1/problems/0").asString()).contains("'zehn'");
    var result = imported("source=" + source, EXPORT.getBytes(StandardCharsets.UTF_8));
    assertThat(result.get("imported").asInt()).isEqualTo(1);
    assertThat(result.get("rejected").asInt()).isEqualTo(1);
    assertThat(result.get("ignored_columns").toString()).isEqualTo("[\"Maschine\"]");
  }

  @Test
  void source_changedAndDeleted_isAsItWasSent() throws Exception {
    var path = "/api/v1/sources/" + spc.post("/api/v1/sources", draft(id)).expect(201).id("id");
    spc.call("PATCH", path, null, "{\"mapping\":{\"decimal_mark\":\"x\"}}").expect(422);
    var changed = spc.call("PATCH", path, null, "{\"name\":\"Gauge 4\"}").expect(200).body();
    assertThat(changed.at("/mapping/zone").asString()).isEqualTo("Europe/Berlin");
    assertThat(spc.get("/api/v1/sources").expect(200).body().at("/sources/0/name").asString())
        .isEqualTo("Gauge 4");
    spc.call("DELETE", path, null, null).expect(204);
    spc.call("DELETE", path, null, null).expect(404);
    spc.call("POST", path + "/preview", null, EXPORT, "text/csv").expect(404);
  }

  private JsonNode imported(String query, byte[] file) throws Exception {
    var uri = URI.create(spc.server.url() + "/api/v1/samples/import?" + query);
    var request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "text/csv")
            .POST(BodyPublishers.ofByteArray(file))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    var job = JsonCodec.mapper().readTree(answer.body()).get("job_id").asString();
    return spc.ended(job).get("result_payload");
  }

  @ParameterizedTest
  @CsvSource({"windows-1252", "ISO-8859-1", "UTF-16", "UTF-8"})
  void file_ofAStatedCharset_keepsItsLetters(String charset) throws Exception {
    var text = "timestamp,value,operator_id\n2026-11-20T06:00:00Z,10.2,Müller\n";
    var query = "characteristic_id=%d&charset=%s".formatted(id, charset);
    assertThat(imported(query, text.getBytes(Charset.forName(charset))).get("imported").asInt())
        .isEqualTo(1);
    var list = spc.get("/api/v1/samples?characteristic_id=" + id).expect(200).body();
    assertThat(list.at("/samples/0/operator_id").asString()).isEqualTo("Müller");
  }

  @Test
  void file_ofAnotherCharsetThanSaid_isToldByItsBytes_orRefused() throws Exception {
    var text = "timestamp,value,operator_id\n2026-11-20T06:00:00Z,10.2,Müller\n";
    var query = "characteristic_id=" + id;
    assertThat(imported(query, text.getBytes(StandardCharsets.UTF_16LE)).get("imported").asInt())
        .isEqualTo(1);
    var path = "/api/v1/samples/import?charset=windows-1252&" + query;
    assertThat(spc.call("POST", path, null, text, "text/csv").expect(400).text())
        .contains("is UTF-8, not windows-1252", "charset=UTF-8");
  }

  @Test
  void file_ofAnUnknownCharset_isRefused() throws Exception {
    var path = "/api/v1/samples/import?charset=klingon&characteristic_id=" + id;
    assertThat(spc.call("POST", path, null, "value\n1\n", "text/csv").expect(422).text())
        .contains("klingon", "windows-1252");
  }
}
