package dev.headway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpServer;
import dev.headway.app.config.Configuration;
import dev.headway.app.config.Configuration.Origins;
import dev.headway.server.json.JsonCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Traces of an installation, as a receiver of the OpenTelemetry protocol is sent them. */
final class TracesTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CLIENT = "00f067aa0ba902b7";
  private static final String TRACEPARENT = "00-%s-%s-01".formatted(TRACE, CLIENT);
  private static final String NOT_SAMPLED = "00-%s-%s-00".formatted(TRACE, CLIENT);

  /** A span as it was received, its ids in hexadecimal digits (opentelemetry.proto.trace.v1). */
  private record Span(String trace, String id, String parent, String name) {
    private static Span of(UnknownFieldSet fields) {
      return new Span(
          hex(fields, 1), hex(fields, 2), hex(fields, 4), bytes(fields, 5).toStringUtf8());
    }

    private static String hex(UnknownFieldSet fields, int number) {
      return HexFormat.of().formatHex(bytes(fields, number).toByteArray());
    }

    private static ByteString bytes(UnknownFieldSet fields, int number) {
      var values = fields.getField(number).getLengthDelimitedList();
      return values.isEmpty() ? ByteString.EMPTY : values.getFirst();
    }
  }

  private final List<Span> received = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path data = Path.of("");
  private final HttpServer receiver;

  TracesTest() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void receive() {
    receiver.createContext(
        "/v1/traces",
        exchange -> {
          var request = UnknownFieldSet.parseFrom(exchange.getRequestBody());
          // ResourceSpans, ScopeSpans, Span
          inner(inner(List.of(request), 1), 2)
              .forEach(
                  scope -> inner(List.of(scope), 2).forEach(span -> received.add(Span.of(span))));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
    client.close();
  }

  private static List<UnknownFieldSet> inner(List<UnknownFieldSet> messages, int number) {
    return messages.stream()
        .flatMap(message -> message.getField(number).getLengthDelimitedList().stream())
        .map(TracesTest::parsed)
        .toList();
  }

  private static UnknownFieldSet parsed(ByteString bytes) {
    try {
      return UnknownFieldSet.parseFrom(bytes);
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  @Test
  void trace_ofAJobThatIsReportedWithItsTraceparent_hasRequestCommitAndFrame() throws Exception {
    try (var installation = start(Map.of("HEADWAY_TRACING_OTLP", address()))) {
      done(installation.url(), TRACEPARENT);
    }
    // all is sent before the server has stopped
    assertThat(received).extracting(Span::trace).containsOnly(TRACE);
    var report = named("completeJob");
    assertThat(report.parent()).isEqualTo(CLIENT);
    assertThat(received)
        .filteredOn(span -> span.parent().equals(report.id()))
        .extracting(Span::name)
        .contains("database write");
    assertThat(named("frame completed").parent()).isEqualTo(CLIENT);
  }

  @Test
  void trace_clientTracesNothingOrSendsNonsense_nothingIsSent() throws Exception {
    try (var installation = start(Map.of("HEADWAY_TRACING_OTLP", address()))) {
      done(installation.url(), null);
      done(installation.url(), NOT_SAMPLED);
      for (var malformed : List.of("00-1-2-3", TRACEPARENT.replace(TRACE, "0".repeat(32)))) {
        assertThat(submit(installation.url(), malformed).has("traceparent")).isFalse();
      }
    }
    assertThat(received).isEmpty();
  }

  @Test
  void trace_receiverIsGone_jobsAreDone() throws Exception {
    receiver.stop(0);
    try (var installation = start(Map.of("HEADWAY_TRACING_OTLP", address()))) {
      done(installation.url(), TRACEPARENT);
    }
  }

  private Span named(String name) {
    assertThat(received).extracting(Span::name).contains(name);
    return received.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }

  private String address() {
    return "http://127.0.0.1:" + receiver.getAddress().getPort();
  }

  private Installation start(Map<String, String> more) {
    var flags =
        Map.of("port", "0", "host", "127.0.0.1", "data", data.toString(), "applications", "jobs");
    return Installation.start(Configuration.load(new Origins(flags, more, null)).settings());
  }

  /* Submits a job, watches it from its beginning, and completes it. */
  private void done(String url, @Nullable String traceparent) throws Exception {
    var job = submit(url, traceparent);
    var id = job.path("id").asString();
    assertThat(job.path("traceparent").asString(null)).isEqualTo(traceparent);
    var events = HttpRequest.newBuilder(URI.create(url + "/api/v1/jobs/" + id + "/events"));
    var watched =
        client.sendAsync(
            events
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", job.path("cursor").asString())
                .build(),
            BodyHandlers.ofString());
    var lease = "{\"lease\":\"%s\",\"result\":{}}".formatted(job.path("lease").asString());
    post(url + "/jobs/" + id + "/complete", lease, traceparent);
    assertThat(watched.join().body()).contains("completed");
  }

  private JsonNode submit(String url, @Nullable String traceparent) throws Exception {
    var body = "{\"job_type\":\"far\",\"external\":true,\"start\":true}";
    return post(url + "/jobs", body, traceparent);
  }

  private JsonNode post(String url, String body, @Nullable String traceparent) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (traceparent != null) {
      request.header("traceparent", traceparent);
    }
    var answer = client.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    return JsonCodec.parse(answer.body().getBytes(UTF_8));
  }
}
