package dev.headway.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.engine.JobType;
import dev.headway.core.job.Json;
import dev.headway.core.job.Plan;
import dev.headway.testkit.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HeadwayServerTest {
  @TempDir Path data;

  @Test
  void submit_ownJobType_isWatchedToItsEnd() throws Exception {
    var go = new CountDownLatch(1);
    var plan = Plan.of(new Plan.Step("pack", 1), new Plan.Step("ship", 1));
    var type =
        new JobType(
            "parcel",
            plan,
            1,
            context -> {
              go.await();
              context.step("pack", "Packing");
              context.progress(1, 2, "1 of 2 packed");
              context.step("ship", "Shipping");
              return new Json("{\"parcels\":2}");
            });
    try (var server = HeadwayServer.builder(ServerConfig.loopback(0, data)).job(type).start();
        var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(URI.create(server.url() + "/jobs"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"job_type\":\"parcel\"}"))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      var location = answer.headers().firstValue("Location").orElseThrow();
      var id = location.substring(location.lastIndexOf('/') + 1);
      var frames = new LinkedBlockingQueue<String>();
      var socket =
          client
              .newWebSocketBuilder()
              .buildAsync(
                  URI.create("ws://127.0.0.1:" + server.port() + "/progress/ws/" + id),
                  new Collecting(frames))
              .join();
      assertThat(frames.poll(Patience.LONG.toSeconds(), TimeUnit.SECONDS))
          .contains("\"job_id\":\"" + id + "\"");
      go.countDown();
      String frame;
      do {
        frame = frames.poll(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(frame).isNotNull();
      } while (!frame.contains("\"status\":\"completed\""));
      assertThat(frame).contains("\"result\":{\"parcels\":2}");
      socket.abort();
    }
  }

  @Test
  void counter_afterMemoryWasCollected_isStillShown() throws Exception {
    var things = new LongAdder();
    things.add(7);
    try (var server =
            HeadwayServer.builder(ServerConfig.loopback(0, data))
                .counter("headway.things", things::sum)
                .start();
        var client = HttpClient.newHttpClient()) {
      System.gc(); // meters hold what they look at weakly
      var metrics = URI.create(server.url() + "/metrics");
      var answer = client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString());
      assertThat(answer.body()).contains("headway_things_total 7.0");
    }
  }

  @Test
  void start_portIsTaken_stopsItsApplications() throws Exception {
    var steps = new ArrayList<String>();
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      var builder =
          HeadwayServer.builder(ServerConfig.loopback(taken.getLocalPort(), data))
              .application(_ -> new Noting(steps));
      assertThatThrownBy(builder::start).isInstanceOf(IOException.class);
    }
    assertThat(steps).containsExactly("started", "stopped");
  }

  @Test
  void close_httpConnectionsThatAreIdle_areClosed() throws Exception {
    try (var client = new Socket()) {
      try (var server = HeadwayServer.builder(ServerConfig.loopback(0, data)).start()) {
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        client.setSoTimeout((int) Patience.LONG.toMillis());
        var request =
            "HEAD /health HTTP/1.1\r\nHost: localhost:%d\r\n\r\n".formatted(server.port());
        client.getOutputStream().write(request.getBytes(US_ASCII));
        assertThat(client.getInputStream().read()).isEqualTo('H');
      }
      var rest = new String(client.getInputStream().readAllBytes(), US_ASCII);
      assertThat(rest).startsWith("TTP/1.1 ").endsWith("\r\n\r\n");
    }
  }

  /** An application that notes when it is started and stopped. */
  private record Noting(List<String> steps) implements Application {
    @Override
    public String name() {
      return "noting";
    }

    @Override
    public void started() {
      steps.add("started");
    }

    @Override
    public void stopped() {
      steps.add("stopped");
    }
  }

  private record Collecting(LinkedBlockingQueue<String> frames) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      frames.add(data.toString());
      return WebSocket.Listener.super.onText(socket, data, last);
    }
  }
}
