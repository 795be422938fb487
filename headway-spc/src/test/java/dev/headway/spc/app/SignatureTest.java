package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.spc.alarm.AlarmSettings;
import dev.headway.spc.input.SampleTimes;
import dev.headway.spc.store.SpcStore;
import dev.headway.store.Database;
import dev.headway.store.DatabaseConfig;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures on acknowledgments and changes, on a server where they must be signed. */
final class SignatureTest {
  private static final String PASSWORD = "correct horse";

  @TempDir private static Path data = Path.of("");
  private static SpcServer spc;
  private static String engineer;

  @BeforeAll
  static void start() throws Exception {
    var preset = SpcSettings.DEFAULT;
    var settings =
        new SpcSettings(
            preset.heartbeatInterval(),
            preset.heartbeatTimeout(),
            null,
            null,
            SampleTimes.DEFAULT,
            AlarmSettings.DEFAULT,
            true);
    spc = new SpcServer(SpcServer.Setup.sqlite(data).with(settings));
    engineer = spc.signIn("ada@example.org", SpcApplication.ENGINEER);
  }

  @AfterAll
  static void stop() {
    spc.close();
  }

  private static Map<String, String> signed(String meaning, String password) {
    return Map.of(
        "Signature-Meaning",
        URLEncoder.encode(meaning, StandardCharsets.UTF_8).replace("+", "%20"),
        "Signature-Password",
        URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20"));
  }

  private static SpcServer.Answer call(
      String method, String path, @Nullable String body, Map<String, String> signature)
      throws Exception {
    var headers = new HashMap<>(signature);
    headers.put("Authorization", "Bearer " + engineer);
    return send(method, path, body, headers);
  }

  private static SpcServer.Answer send(
      String method, String path, @Nullable String body, Map<String, String> headers)
      throws Exception {
    var all = new HashMap<>(headers);
    all.put("Content-Type", "application/json");
    return spc.send(method, path, body, all);
  }

  private static long characteristic(String name) throws Exception {
    var signature = signed("authored", PASSWORD);
    var body = "{\"name\":\"%s\",\"subgroup_size\":1}".formatted(name);
    var id = call("POST", "/api/v1/characteristics", body, signature).expect(201).id("id");
    var limits = "{\"lcl\":7,\"center_line\":10,\"ucl\":13}";
    call("PUT", "/api/v1/characteristics/%d/limits".formatted(id), limits, signature).expect(200);
    return id;
  }

  private static long violation(long characteristic) throws Exception {
    return spc.sample(characteristic, 99)
        .expect(201)
        .body()
        .at("/violations/0/violation_id")
        .asLong();
  }

  @Test
  void acknowledgmentAndClosure_signed_showNameTimeAndMeaning() throws Exception {
    var violation = violation(characteristic("signed"));
    var path = "/api/v1/violations/%d/".formatted(violation);
    var shown =
        call(
                "POST",
                path + "acknowledge",
                "{\"reason\":\"tool worn\"}",
                signed("geprüft und für gut befunden", PASSWORD))
            .expect(200)
            .body();
    assertThat(shown.get("ack_user").asString()).isEqualTo("ada@example.org");
    assertThat(shown.get("ack_meaning").asString()).isEqualTo("geprüft und für gut befunden");
    var closed =
        call(
                "POST",
                path + "close",
                "{\"cause\":\"tool\",\"action\":\"changed\"}",
                signed("approved", PASSWORD))
            .expect(200)
            .body();
    assertThat(closed.get("closed_meaning").asString()).isEqualTo("approved");
    var newest = spc.get("/api/v1/audit?limit=1").expect(200).body().at("/entries/0");
    assertThat(newest.get("actor").asString()).isEqualTo("ada@example.org");
    assertThat(newest.at("/signature/meaning").asString()).isEqualTo("approved");
    assertThat(newest.at("/signature/proof").asString()).isEqualTo("password");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "POST, characteristics, '{\"name\":\"new\"}'",
        "PATCH, characteristics/%1$d, '{\"usl\":20}'",
        "DELETE, characteristics/%1$d, -",
        "PUT, characteristics/%1$d/limits, '{\"center_line\":10,\"sigma\":1}'",
        "PUT, characteristics/%1$d/rules, '{\"preset\":\"nelson\"}'",
        "POST, characteristics/%1$d/stages, '{\"name\":\"x\",\"from\":\"2030-01-01T00:00:00Z\"}'",
        "PATCH, samples/%2$d, '{\"reason\":\"typed wrong\",\"measurements\":[10]}'",
        "PATCH, samples/%2$d/exclude, '{\"reason\":\"gauge\"}'",
        "DELETE, samples/%2$d, '{\"reason\":\"gauge\"}'",
        "POST, samples/%2$d/annotations, '{\"text\":\"gauge\"}'",
        "POST, violations/%3$d/acknowledge, '{\"reason\":\"gauge\"}'",
        "POST, violations/batch-acknowledge, '{\"violation_ids\":[%3$d],\"reason\":\"gauge\"}'",
        "POST, violations/%3$d/close, '{\"cause\":\"a\",\"action\":\"b\"}'"
      })
  void change_unsigned_isRefusedAndChangesNothing(String method, String path, @Nullable String body)
      throws Exception {
    var id = characteristic("unsigned %s %s".formatted(method, path.replaceAll("[^a-z]", "")));
    var violation = violation(id);
    var sample =
        spc.get("/api/v1/violations/" + violation).expect(200).body().get("sample_id").asLong();
    var before = spc.get("/api/v1/audit?limit=1").body().get("total");
    var filled = body == null ? null : body.formatted(id, sample, violation);
    var refused =
        call(method, "/api/v1/" + path.formatted(id, sample, violation), filled, Map.of())
            .expect(422)
            .body();
    assertThat(refused.get("errors").findValuesAsString("field"))
        .containsExactly("Signature-Meaning", "Signature-Password");
    assertThat(spc.get("/api/v1/audit?limit=1").body().get("total")).isEqualTo(before);
  }

  @Test
  void change_wrongPassword_isRefused_andFailuresAreLimited() throws Exception {
    var mallory = spc.signIn("mallory@example.org", SpcApplication.ENGINEER);
    var headers = new HashMap<>(signed("approved", "wrong horse"));
    headers.put("Authorization", "Bearer " + mallory);
    var status = 400;
    for (var tries = 0; status == 400 && tries < 100; tries++) {
      var answer = send("POST", "/api/v1/characteristics", "{\"name\":\"x\"}", headers);
      status = answer.status();
      if (tries == 0) {
        assertThat(answer.body().at("/errors/0/field").asString()).isEqualTo("Signature-Password");
      }
    }
    assertThat(status).isEqualTo(429);
  }

  @Test
  void change_badEscapeOrNoPerson_isRefusedWithTheRemedy() throws Exception {
    var path = "/api/v1/characteristics";
    var body = "{\"name\":\"y\"}";
    var escape = Map.of("Signature-Meaning", "100%", "Signature-Password", "x");
    assertThat(call("POST", path, body, escape).expect(422).body().get("detail").asString())
        .contains("write %25");
    assertThat(spc.post(path, body).expect(401).body().get("detail").asString())
        .contains("sign in first");
  }

  @Test
  void preview_needsNoSignature() throws Exception {
    var id = characteristic("previewed");
    var stages = "/api/v1/characteristics/%d/stages".formatted(id);
    var stage = spc.get(stages).body().at("/stages/0/id").asLong();
    var limits = "{\"limits\":{\"center_line\":10,\"sigma\":1}}";
    call("PATCH", stages + "/" + stage + "?preview=true", limits, Map.of()).expect(200);
  }

  @Test
  void trail_whoseMeaningWasChangedBehindItsBack_isBroken() throws Exception {
    characteristic("chained");
    var verified = call("GET", "/api/v1/audit/verify", null, Map.of()).expect(200).body();
    assertThat(verified.get("whole").asBoolean()).isTrue();
    try (var database = Database.open(new DatabaseConfig.Sqlite(data.resolve("spc.db")))) {
      var _ = database.write(handle -> handle.execute(newestMeans("rejected")));
      assertThat(SpcStore.open(database).audit().verify().whole()).isFalse();
      var _ = database.write(handle -> handle.execute(newestMeans("authored")));
    }
  }

  private static String newestMeans(String meaning) {
    return "UPDATE spc_audit SET signature_meaning = '%s' WHERE id = (SELECT max(id) FROM spc_audit)"
        .formatted(meaning);
  }

  @Test
  void workbook_hasTheChangesWithTheirSignatures() throws Exception {
    var id = characteristic("exported");
    var path = "/api/v1/characteristics/%d/export?format=xlsx".formatted(id);
    var request = HttpRequest.newBuilder(URI.create(spc.server.url() + path)).build();
    try (var http = HttpClient.newHttpClient();
        var body = http.send(request, BodyHandlers.ofInputStream()).body();
        var workbook = new ReadableWorkbook(body)) {
      var rows = workbook.findSheet("Changes").orElseThrow().read();
      assertThat(rows.get(0).getCellText(8)).isEqualTo("signature_meaning");
      assertThat(rows.get(1).getCellText(2)).isEqualTo("ada@example.org");
      assertThat(rows.get(1).getCellText(3)).isEqualTo("created");
      assertThat(rows.get(1).getCellText(8)).isEqualTo("authored");
      assertThat(rows.get(2).getCellText(3)).isEqualTo("limits");
    }
  }
}
