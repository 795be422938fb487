package dev.headway.server.http.dispatch;

import static dev.headway.server.http.dispatch.Served.JOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.headway.core.account.Principal;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.address.TrustedProxies;
import dev.headway.server.http.OriginPolicy;
import dev.headway.server.http.RawRequest;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.http.contract.OpenApiDocument;
import dev.headway.server.limit.Refusals;
import dev.headway.server.socket.StreamSession;
import dev.headway.server.trace.Tracing;
import dev.headway.testkit.Ids;
import dev.headway.testkit.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

@Isolated("reads the access log, which all servers of a process share")
class DispatcherTest {
  private final Served served = Served.onLoopback();

  @Test
  void path_unknown_isNotFoundWithRequestId() {
    var problem = served.call("POST", "/nowhere").problem(404);

    assertThat(problem.path("code").asString()).isEqualTo("NOT_FOUND");
    assertThat(problem.path("request_id").asString()).isNotBlank();
    assertThat(problem.has("errors")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/jobs/, 404",
    "//jobs, 404",
    "/jobs/a%2Fb, 400",
    "/jobs/../health, 400",
    "/JOBS, 404",
    "/api/v1, 404"
  })
  void path_odd_neverReachesAHandler(String target, int status) {
    served.call("GET", target).problem(status);

    assertThat(served.reached).isEmpty();
  }

  @Test
  void alias_anyOperation_reachesTheSame() {
    served.call("GET", "/jobs/" + JOB.substring(13) + "/logs").send();
    served.call("GET", JOB + "/logs").send();

    assertThat(served.reached).hasSize(2);
    assertThat(served.reached.get(0).path()).isEqualTo(served.reached.get(1).path());
  }

  @Test
  void method_unknown_namesTheAllowed() {
    var answer = served.call("PUT", "/jobs").send();

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers()).containsEntry("Allow", "GET, HEAD, OPTIONS, POST");
  }

  @Test
  void literalSegment_beforeParameter_decides() {
    assertThat(served.call("GET", "/jobs/claim").send().headers())
        .containsEntry("Allow", "OPTIONS, POST");
  }

  @Test
  void head_ofGet_isAnsweredLikeIt() {
    assertThat(served.call("HEAD", "/health").send().status()).isEqualTo(204);
  }

  @Test
  void head_ofStream_endsAtOnce() {
    var stream =
        Served.with(
            "jobEvents",
            _ ->
                new Response.Streaming(
                    200,
                    Map.of(),
                    Response.Format.SSE,
                    new Principal.Anonymous("::1"),
                    _ -> new NoSession()));

    assertThat(stream.call("HEAD", JOB + "/events").send().mediaType())
        .isEqualTo("text/event-stream");
  }

  private record NoSession() implements StreamSession {}

  @Test
  void options_withoutOrigin_namesTheAllowed() {
    var answer = served.call("OPTIONS", JOB).send();

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.headers()).containsEntry("Allow", "DELETE, GET, HEAD, OPTIONS");
  }

  @Test
  void token_inQuery_isUnderstoodAndHidden() {
    served.call("GET", "/api/v1/auth/me?token=user").send();

    assertThat(served.reached.getFirst().user().email()).isEqualTo("user@example.org");
    assertThat(served.reached.getFirst().query()).isEmpty();
  }

  @Test
  void token_inHeaderAndQuery_headerCounts() {
    served.call("GET", "/api/v1/auth/me?token=user").token("admin").send();

    assertThat(served.reached.getFirst().user().email()).isEqualTo("admin@example.org");
  }

  @Test
  void token_inQuery_neverLogged() {
    var log = (Logger) LoggerFactory.getLogger("dev.headway.access");
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    log.addAppender(lines);
    log.setLevel(Level.DEBUG);

    served.call("GET", "/jobs?token=top-secret&page=2").send();
    served.call("GET", "/jobs/..?token=top-secret").send();

    log.setLevel(null);
    log.detachAppender(lines);
    assertThat(lines.list)
        .hasSize(2)
        .allSatisfy(line -> assertThat(line.getFormattedMessage()).contains("token=***"))
        .noneSatisfy(line -> assertThat(line.getFormattedMessage()).contains("top-secret"));
  }

  @Test
  void handler_throwsUnexpected_answersNothingOfIt() {
    var broken =
        Served.with(
            "health",
            _ -> {
              throw new IllegalStateException("jdbc:postgresql://secret");
            });

    var problem = broken.call("GET", "/health").problem(500);

    assertThat(problem.path("code").asString()).isEqualTo("EXECUTION_ERROR");
    assertThat(problem.path("detail").asString())
        .contains(problem.path("request_id").asString())
        .doesNotContain("jdbc");
  }

  @Test
  void handler_cannotReachItsStore_isLoggedInOneLineWithTheCause() {
    var full = new IllegalStateException("read", new IOException("No space left on device"));
    var served =
        Served.with(
            "health",
            _ -> {
              throw new HeadwayException(ErrorCode.UNAVAILABLE, "Try again later", full);
            });
    var log = (Logger) LoggerFactory.getLogger(Dispatcher.class);
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    log.addAppender(lines);

    served.call("GET", "/health").problem(503);

    log.detachAppender(lines);
    assertThat(lines.list).hasSize(1);
    assertThat(lines.list.getFirst().getThrowableProxy()).isNull();
    assertThat(lines.list.getFirst().getFormattedMessage())
        .contains("Try again later (java.io.IOException: No space left on device)");
  }

  @Test
  void handler_refusesForNow_saysWhenToTryAgain() {
    var busy =
        Served.with(
            "login",
            _ -> {
              throw HeadwayException.later(
                  ErrorCode.RATE_LIMITED, "Too many attempts", Duration.ofMillis(12_300));
            });

    var answer =
        busy.call("POST", "/api/v1/auth/login")
            .json("{\"username\":\"a\",\"password\":\"b\"}")
            .send();

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.headers()).containsEntry("Retry-After", "13");
  }

  @Test
  void refuse_byTheTransport_hasTheSameShape() {
    var raw =
        new RawRequest(
            "GET",
            "/",
            Map.of(),
            new Request.Body.Empty(),
            new RawRequest.Peer("::1", false, true, () -> true));
    var refusal = new HeadwayException(ErrorCode.UNAVAILABLE, "Draining");

    var answer = (Response.Whole) served.dispatcher.refuse(raw, refusal);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).containsKeys("Retry-After", "X-Request-Id");
  }

  @Test
  void answer_any_carriesIdAndSecurityHeaders() {
    assertThat(served.call("GET", "/health").send().headers())
        .containsKey("X-Request-Id")
        .containsEntry("X-Content-Type-Options", "nosniff")
        .containsEntry("Cache-Control", "no-store")
        .doesNotContainKey("Access-Control-Allow-Origin");
  }

  @Test
  void answer_page_hasAPolicy() {
    var page =
        Served.with("docs", _ -> Response.bytes(200, "text/html; charset=utf-8", new byte[0]));

    var headers = page.call("GET", "/docs").send().headers();
    assertThat(headers.get("Content-Security-Policy")).startsWith("default-src 'self'");
    assertThat(headers).containsEntry("Cross-Origin-Opener-Policy", "same-origin");
  }

  @Test
  void request_answered_isCountedByOperation() {
    served.call("GET", "/health").send();
    served.call("GET", "/health").send();

    assertThat(
            served
                .meters
                .get("headway.http.request.duration")
                .tag("operation", "health")
                .tag("status", "204")
                .timer()
                .count())
        .isEqualTo(2);
  }

  @Test
  void problem_everyKind_conformsToTheDocument() {
    var conformance = new ResponseConformance(served.document);

    for (var answer :
        List.of(
            served.call("GET", "/jobs").token("bad").send(),
            served.call("GET", "/jobs?page=0").send(),
            served.call("GET", "/jobs").token("watch").send())) {
      assertThat(conformance.defects("listJobs", answer)).isEmpty();
    }
  }

  @Test
  void conformance_wrongAnswers_areNoticed() {
    var conformance = new ResponseConformance(served.document);

    assertThat(conformance.defects("health", whole(Response.ok(Map.of("status", "ok")))))
        .hasSize(2);
    assertThat(conformance.defects("submitJob", whole(Response.json(202, Map.of())))).isNotEmpty();
    assertThat(conformance.defects("health", whole(Response.text(200, "ok")))).hasSize(1);
    assertThat(conformance.defects("health", whole(Response.noContent()))).hasSize(1);
  }

  private static Response.Whole whole(Response response) {
    return (Response.Whole) response;
  }

  @Test
  void construct_withoutHandlers_namesThemAll() {
    var document = OpenApiDocument.load(List.of());
    var routes =
        new Routes().on("health", _ -> Response.noContent()).on("other", _ -> Response.noContent());
    var api = new Dispatcher.Api(document, routes, _ -> Response.noContent());
    var door =
        new Dispatcher.Authentication(
            new KnownTokens(true), new OriginPolicy(Set.of(), true), TrustedProxies.NONE);
    var clock = ManualClock.atNoon();
    var instruments =
        new Dispatcher.Telemetry(
            Ids.seeded(clock), new SimpleMeterRegistry(), new Refusals(), Tracing.NONE);
    var open = new OpenRequests(1, new Refusals(), new SimpleMeterRegistry(), () -> 0);

    assertThatThrownBy(() -> new Dispatcher(api, door, instruments, open))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("submitJob")
        .hasMessageContaining("[other]");
  }
}
