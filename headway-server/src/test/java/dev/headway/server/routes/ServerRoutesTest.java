package dev.headway.server.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.account.Principal;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Handler;
import dev.headway.server.http.RawRequest;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.http.contract.OpenApiDocument;
import dev.headway.server.http.dispatch.ResponseConformance;
import dev.headway.server.routes.HealthRoutes.DutyAge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Health, metrics, documents and static files. */
class ServerRoutesTest {
  private static final OpenApiDocument DOCUMENT = OpenApiDocument.load(List.of());
  private static final ResponseConformance CONFORMANCE = new ResponseConformance(DOCUMENT);

  private final AtomicBoolean draining = new AtomicBoolean();
  private final AtomicBoolean databaseDown = new AtomicBoolean();
  private final AtomicReference<DutyAge> watched =
      new AtomicReference<>(new DutyAge(Duration.ofMillis(250), false));
  private final Routes health =
      new HealthRoutes(
              new HealthRoutes.About("1.2.3", List.of("filling")),
              Map.of("database", this::ping),
              () -> Map.of("watch jobs", watched.get()),
              draining::get)
          .routes();
  private final Routes docs = new DocsRoutes(DOCUMENT, List.of()).routes();

  private void ping() throws Exception {
    if (databaseDown.get()) {
      throw new java.sql.SQLException("no connection to secret-host");
    }
  }

  @Test
  void health_always_namesVersionAndApplications() throws Exception {
    databaseDown.set(true);

    assertThat(text(call(health, "health"))).contains("\"1.2.3\"", "filling");
  }

  @Test
  void ready_databaseDown_isUnavailableAndSaysNothingMore() throws Exception {
    assertThat(call(health, "ready").status()).isEqualTo(200);
    databaseDown.set(true);

    var answer = call(health, "ready");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(text(answer))
        .isEqualTo(
            "{\"status\":\"unavailable\",\"checks\":{\"database\":\"failing\"},\"duties\":{\"watch"
                + " jobs\":0.25}}");
  }

  @Test
  void ready_dutyThatHasNotSucceededForLong_isUnavailable() throws Exception {
    watched.set(new DutyAge(Duration.ofSeconds(61), true));

    var answer = call(health, "ready");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(text(answer)).contains("\"duties\":\"failing\"", "\"watch jobs\":61.0");
  }

  @Test
  void ready_draining_saysSo() throws Exception {
    draining.set(true);

    assertThat(text(call(health, "ready"))).contains("\"draining\"");
  }

  @Test
  void metrics_scraped_areInPrometheusText() throws Exception {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.counter("headway.things").increment();

    var answer = call(new MetricsRoutes(registry).routes(), "metrics");

    assertThat(text(answer)).contains("headway_things_total 1.0");
    assertThat(answer.mediaType()).startsWith("text/plain");
  }

  @ParameterizedTest
  @CsvSource({
    "openapiYaml, operationId: submitJob",
    "openapiJson, \"operationId\":\"submitJob\"",
    "asyncapiYaml, asyncapi: 3.0.0",
    "docs, docs.js"
  })
  void documents_asked_areServedAndRevalidated(String operation, String part) throws Exception {
    var answer = call(docs, operation);
    assertThat(text(answer)).contains(part);

    var tag = Objects.requireNonNull(answer.headers().get("ETag"));
    var again =
        handler(docs, operation).handle(request("/", Map.of("if-none-match", "W/\"x\", " + tag)));

    assertThat(again.status()).isEqualTo(304);
  }

  @Test
  void docs_page_asksNobodyElse() throws Exception {
    for (var file : List.of("docs.html", "docs.css", "docs.js")) {
      var text =
          new String(Resources.require("/dev/headway/server/" + file), StandardCharsets.UTF_8);
      assertThat(text.replace("http://www.w3.org/2000/svg", ""))
          .as(file)
          .doesNotContain("http://", "https://", "innerHTML", "eval(");
    }
  }

  @Test
  void files_hashedAsset_isImmutable() throws Exception {
    var answer = files().handle(request("/assets/index-Bx7d93Kq.js", Map.of()));

    assertThat(answer.headers().get("Cache-Control")).contains("immutable");
    assertThat(((Response.Whole) answer).mediaType()).startsWith("text/javascript");
  }

  @ParameterizedTest
  @CsvSource({"'br, gzip;q=0.8',true", "*,true", "'gzip;q=0, br',false", "'',false"})
  void files_largeAsset_isCompressedForClientsThatTakeIt(String accepted, boolean compressed)
      throws Exception {
    var headers = Map.of("accept-encoding", accepted);
    var answer = (Response.Whole) files().handle(request("/assets/large-Ck3_9dQa.js", headers));

    assertThat(answer.headers().containsKey("Content-Encoding")).isEqualTo(compressed);
    assertThat(answer.headers()).containsEntry("Vary", "Accept-Encoding");
    var plain = files().handle(request("/assets/large-Ck3_9dQa.js", Map.of()));
    var original = ((Response.Whole) plain).body();
    assertThat(compressed ? unzipped(answer.body()) : answer.body()).isEqualTo(original);
    assertThat(answer.headers().get("ETag"))
        .isNotNull()
        .satisfies(
            tag -> assertThat(tag.equals(plain.headers().get("ETag"))).isNotEqualTo(compressed));
  }

  @ParameterizedTest
  @CsvSource({
    "'gzip, deflate, br',br",
    "*,br",
    "'br;q=0, *',gzip",
    "'gzip;q=1.0, BR;q=0.000',gzip",
    "'identity, br;q=0.1',br"
  })
  void files_assetThatTheBuildCompressed_isSentInTheSmallestCodingTaken(
      String accepted, String coding) throws Exception {
    var file = "/assets/coded-Kd8x_2Wq.js";
    var headers = Map.of("accept-encoding", accepted);
    var answer = (Response.Whole) files().handle(request(file, headers));

    assertThat(answer.headers()).containsEntry("Content-Encoding", coding);
    assertThat(answer.mediaType()).startsWith("text/javascript");
    var compressed = Resources.require("/dev/headway/server/routes/web" + file + ".br");
    if (coding.equals("br")) {
      assertThat(answer.body()).isEqualTo(compressed);
    } else {
      assertThat(unzipped(answer.body())).asString().startsWith("export const line0");
    }
  }

  private static byte[] unzipped(byte[] bytes) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/schedule/12", "/comparison/3", "/characteristics"})
  void files_page_isTheIndex(String path) throws Exception {
    var answer = files().handle(request(path, Map.of("accept", "text/html,*/*")));

    assertThat(text((Response.Whole) answer)).contains("the index");
    assertThat(answer.headers()).containsEntry("Cache-Control", "no-cache").containsKey("ETag");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/nothing",
        "/jobs/nothing",
        "/missing.js",
        "/assets",
        "/.hidden.js",
        "/a/.git/x.js"
      })
  void files_elsewhere_areNotFound(String path) {
    var accept = path.contains("assets") ? "*/*" : "text/html";

    assertThatThrownBy(() -> files().handle(request(path, Map.of("accept", accept))))
        .isInstanceOf(HeadwayException.class);
  }

  @Test
  void files_pageOfALink_isFramedByListedPagesAlone() throws Exception {
    var listed = new StaticFiles("/dev/headway/server/routes/web", Set.of("https://shop.example"));
    var asked = request("/watch", Map.of("accept", "text/html"));

    assertThat(text((Response.Whole) listed.handle(asked))).contains("of a link");
    assertThat(policy(listed.handle(asked))).endsWith("frame-ancestors https://shop.example");
    assertThat(policy(files().handle(asked))).endsWith("frame-ancestors 'none'");
    var other = listed.handle(request("/", Map.of("accept", "text/html")));
    assertThat(other.headers()).doesNotContainKey("Content-Security-Policy");
  }

  private static String policy(Response answer) {
    return Objects.requireNonNull(answer.headers().get("Content-Security-Policy"));
  }

  @Test
  void files_noDashboardInTheBuild_pageLinksTheDocs() throws Exception {
    var answer = new StaticFiles("/nowhere", Set.of()).handle(request("/", Map.of()));

    assertThat(text((Response.Whole) answer)).contains("/docs");
  }

  private static StaticFiles files() {
    return new StaticFiles("/dev/headway/server/routes/web", Set.of());
  }

  private static Handler handler(Routes routes, String operation) {
    return Objects.requireNonNull(routes.handlers().get(operation));
  }

  private static Response.Whole call(Routes routes, String operation) throws Exception {
    var answer = (Response.Whole) handler(routes, operation).handle(request("/", Map.of()));
    assertThat(CONFORMANCE.defects(operation, answer)).isEmpty();
    return answer;
  }

  private static String text(Response.Whole answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static Request request(String path, Map<String, String> headers) {
    var nobody = new Principal.Anonymous("127.0.0.1");
    return new Request(
        new Request.Line("GET", path, "r"),
        Map.of(),
        Map.of(),
        headers,
        new Request.Body.Empty(),
        List.of(),
        new Request.Caller(
            nobody,
            new RawRequest.Peer("127.0.0.1", false, true, () -> true),
            "http://localhost:8000"));
  }
}
