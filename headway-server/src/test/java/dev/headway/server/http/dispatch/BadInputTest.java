package dev.headway.server.http.dispatch;

import static dev.headway.server.http.dispatch.Served.JOB;
import static dev.headway.server.http.dispatch.Served.field;
import static dev.headway.server.http.dispatch.Served.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Each wrong input gets its documented answer, with every defect at once. */
class BadInputTest {
  private final Served served = Served.withPart("/dev/headway/server/http/part.yaml");

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "", "{\"a\":1,\"a\":2}", "{} x", "{'a':1}", "{\"a\":NaN}", "\u0000", "[1,]"})
  void json_malformed_isInvalidInput(String body) {
    var problem = served.call("POST", "/jobs").json(body).problem(400);

    assertThat(problem.path("code").asString()).isEqualTo("INVALID_INPUT");
    assertThat(served.reached).isEmpty();
  }

  @Test
  void json_notUtf8_isInvalidInput() {
    var latin1 = "{\"job_type\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1);

    served.call("POST", "/jobs").raw("application/json", latin1).problem(400);
  }

  @Test
  void json_nestedTooDeep_isInvalidInput() {
    served.call("POST", "/jobs").json("[".repeat(5_000)).problem(400);
  }

  @Test
  void json_missing_isInvalidInput() {
    assertThat(served.call("POST", "/jobs").problem(400).path("detail").asString())
        .isEqualTo("The body is empty; JSON was expected");
  }

  @Test
  void json_manyDefects_allReportedWithValueAndRemedy() {
    var problem =
        served
            .call("POST", "/jobs")
            .json(
                "{\"job_typ\":\"x\",\"priority\":900,\"max_attempts\":\"two\",\"payload\":[],"
                    + "\"parent_id\":\"7\",\"callback_url\":\"ftp://x\"}")
            .problem(422);

    assertThat(problem.path("code").asString()).isEqualTo("VALIDATION_ERROR");
    assertThat(messages(problem))
        .contains(
            "job_type is missing",
            "priority (900) must be at most 100",
            "max_attempts (\"two\") must be a whole number",
            "payload ([]) must be an object",
            "parent_id (\"7\") must be a UUID, for example 01980a3c-6b1e-7c41-9d0e-2f4a5b6c7d8e",
            "callback_url (\"ftp://x\") must match ^(((slack|teams|ntfy)\\+)?https?://|mailto:)")
        .contains("Unknown field 'job_typ'. Did you mean 'job_type'?");
    assertThat(problem.path("errors").findValuesAsString("field"))
        .contains("job_type", "job_typ", "priority", "max_attempts", "payload", "parent_id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'lease':'l','progress':150}|progress (150) must be at most 100",
        "{'lease':'l','progress':-1}|progress (-1) must be at least 0",
        "{'lease':'l','progress':'5'}|progress (\"5\") must be a number or null",
        "{'lease':'l','done':3}|total is missing",
        "{'lease':'l','done':1.5,'total':2}|done (1.5) must be a whole number",
        "{'progress':1}|lease is missing"
      })
  void progress_wrong_saysWhatAndHow(String body, String message) {
    var handled = Served.with("reportProgress", BadInputTest::refuseDefects);
    var problem =
        handled.call("POST", JOB + "/progress").json(body.replace('\'', '"')).problem(422);

    assertThat(messages(problem)).containsExactly(message);
  }

  /* As a handler does that checks besides what a schema cannot say. */
  private static Response refuseDefects(Request request) {
    throw HeadwayException.invalid(request.defects());
  }

  @Test
  void body_noObject_saysSo() {
    var problem = served.call("POST", JOB + "/complete").json("[]").problem(422);

    assertThat(messages(problem)).containsExactly("The body ([]) must be an object");
  }

  @Test
  void password_tooShort_isNotRepeated() {
    var problem =
        served
            .call("POST", "/api/v1/auth/register")
            .json("{\"email\":\"nobody\",\"password\":\"geheim\"}")
            .problem(422);

    assertThat(messages(problem))
        .containsExactlyInAnyOrder(
            "email (\"nobody\") must match ^[^@\\s]+@[^@\\s]+$",
            "password must have at least 8 characters");
    assertThat(problem.toString()).doesNotContain("geheim");
  }

  @Test
  void password_ofWrongType_isNotRepeated() {
    var problem =
        served
            .call("POST", "/api/v1/auth/login")
            .json("{\"username\":\"a\",\"password\":12345}")
            .problem(422);

    assertThat(messages(problem)).containsExactly("password must be a text");
  }

  @Test
  void alternatives_noneFits_oneDefectAnEntry() {
    var problem =
        served.call("POST", JOB + "/logs").json("{\"lines\":[\"a\",5,{\"text\":1}]}").problem(422);

    assertThat(problem.path("errors").findValuesAsString("field"))
        .containsExactly("lines[1]", "lines[2]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/jobs?page=0|page (0) must be at least 1",
        "/jobs?page=two|page (\"two\") must be a whole number",
        "/jobs?page=99999999999999999999|page (\"99999999999999999999\") must be a whole number",
        "/jobs?limit=101|limit (101) must be at most 100",
        "/jobs?job_type=hash,-gone|job_type[1] (\"-gone\") must match"
            + " ^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$",
        "/jobs/17|id (\"17\") must be a UUID, for example 01980a3c-6b1e-7c41-9d0e-2f4a5b6c7d8e",
        "/api/v1/things/0|id (0) must be at least 1",
        "/api/v1/things/1?kinds=a,c|kinds[1] (\"c\") must be one of a, b",
        "/api/v1/things/1?since=yesterday|since (\"yesterday\") must be an ISO 8601 time with a"
            + " zone, for example 2026-01-31T08:00:00Z",
        "/api/v1/things/1?ratio=0|ratio (0.0) must be above 0",
        "/api/v1/things/1?deep=yes|deep (\"yes\") must be true or false"
      })
  void parameter_wrong_saysWhatAndHow(String target, String message) {
    assertThat(messages(served.call("GET", target).problem(422))).containsExactly(message);
  }

  @Test
  void parametersAndBody_bothWrong_reportedTogether() {
    var problem = served.call("POST", "/jobs/17/complete").json("{}").problem(422);

    assertThat(problem.path("errors").findValuesAsString("field")).containsExactly("id", "lease");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded"})
  void mediaType_notTaken_isUnsupported(String type) {
    var problem = served.call("POST", "/jobs").raw(type, new byte[] {1}).problem(415);

    assertThat(problem.path("detail").asString())
        .isEqualTo(
            "The Content-Type (%s) is not taken here; send application/json".formatted(type));
  }

  @Test
  void mediaType_withCharsetAndCase_isTaken() {
    var answer =
        served
            .call("POST", "/jobs")
            .raw(
                "Application/JSON; charset=utf-8",
                "{\"job_type\":\"x\"}".getBytes(StandardCharsets.UTF_8))
            .send();

    assertThat(answer.status()).isEqualTo(204);
  }

  @Test
  void contentEncoding_isUnsupported() {
    served.call("POST", "/jobs").json("{}").header("content-encoding", "gzip").problem(415);
  }

  @Test
  void body_overItsOperationsLimit_isTooLarge() {
    var problem =
        served.call("POST", "/api/v1/things").raw("text/csv", new byte[2_001]).problem(413);

    assertThat(problem.path("detail").asString())
        .isEqualTo("The body has 2001 bytes; at most 2000 are taken here");
    assertThat(served.dispatcher.maxBody("POST", "/api/v1/things")).isEqualTo(2_000);
  }

  @Test
  void form_complete_isTaken() {
    var answer =
        served
            .call("POST", "/api/v1/things")
            .form(
                "multipart/form-data; boundary=x",
                file("csv_file", "lots.csv", "Lot ID,Type,Vials"),
                field("name", "n"),
                field("lines", "2"),
                field("config", "{\"clean_hours\":24}"))
            .send();

    assertThat(answer.status()).isEqualTo(204);
    assertThat(served.reached.getFirst().part("csv_file")).isPresent();
  }

  @Test
  void form_wrongFields_allReported() {
    var problem =
        served
            .call("POST", "/api/v1/things")
            .form(
                "multipart/form-data; boundary=x",
                field("name", ""),
                field("lines", "none"),
                field("config", "{\"clean_hours\":-1}"))
            .problem(422);

    assertThat(messages(problem))
        .containsExactlyInAnyOrder(
            "csv_file is missing",
            "name must have at least 1 characters",
            "lines (\"none\") must be a whole number",
            "config.clean_hours (-1) must be at least 0");
  }

  @Test
  void login_urlEncodedWithoutPassword_saysSo() {
    var problem =
        served
            .call("POST", "/api/v1/auth/login")
            .form("application/x-www-form-urlencoded", field("username", "a@b"))
            .problem(422);

    assertThat(messages(problem)).containsExactly("password is missing");
  }

  @Test
  void wholeNumber_beyondEveryLong_isHeldAgainstItsBounds() {
    var json = "{\"csv_file\":\"x\",\"name\":\"n\",\"lines\":-1e300}";
    assertThat(messages(served.call("POST", "/api/v1/things").json(json).problem(422)))
        .containsExactly("lines (-1.0E300) must be at least 1");
  }

  @Test
  void schemaAndHandlerCheckBody_anyContent_reachesItWithItsDefects() {
    var json =
        "{\"name\":\"a name that is far too long\",\"lines\":-5,\"config\":{\"clean_hours\":7}}";
    assertThat(served.call("PUT", "/api/v1/things/a/raw").json(json).send().status())
        .isEqualTo(204);
    var request = served.reached.getLast();
    assertThat(request.defects())
        .extracting(Defect::field)
        .containsExactlyInAnyOrder("csv_file", "name", "lines");
    assertThat(request.json(Thing.class))
        .isEqualTo(new Thing(null, null, Map.of("clean_hours", 7)));
    served.call("PUT", "/api/v1/things/a/raw").json("{\"lins\":1}").problem(422);
    served.call("PUT", "/api/v1/things/a/raw").json("[]").problem(400);
  }

  private record Thing(
      @Nullable String name, @Nullable Integer lines, @Nullable Map<String, Integer> config) {}

  @Test
  void handlerChecksBody_anyContent_reachesIt() {
    assertThat(served.call("POST", "/api/v1/things/a/raw").json("{\"lines\":-5}").send().status())
        .isEqualTo(204);
  }

  private static List<String> messages(JsonNode problem) {
    return problem.path("errors").findValuesAsString("message");
  }
}
