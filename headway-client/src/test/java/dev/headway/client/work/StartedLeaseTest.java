package dev.headway.client.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.client.http.Json;
import dev.headway.client.job.JobRequest;
import dev.headway.client.link.ConnectionEnd;
import dev.headway.client.link.Link;
import dev.headway.client.time.Timing;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A job that its submitter does, over a worker's connection and without one. */
final class StartedLeaseTest {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final String JOB =
      "{\"id\":\"%s\",\"job_type\":\"t\",\"status\":\"in_progress\",\"attempt\":1,\"lease\":\"l1\",\"lease_expires_at\":\"2026-03-01T12:00:30Z\"}"
          .formatted(StubServer.JOB_ID);

  private final StubServer server = new StubServer();
  private final Timing timing =
      new Timing(
          InstantSource.system(),
          (delay, task) -> {
            Thread.startVirtualThread(task);
            return () -> {};
          },
          new Random(7));

  @AfterEach
  void stop() {
    server.close();
  }

  /** A network whose peer greets, and acknowledges what it is sent. */
  private static final class Peer implements Link.Dialer {
    private final BlockingQueue<PeerLink> links = new LinkedBlockingQueue<>();

    @Override
    public Link dial(Link.Listener listener) {
      var link = new PeerLink(listener);
      Thread.startVirtualThread(() -> {
        link.says("{\"hello\":\"headway.v1\"}");
        links.add(link);
      });
      return link;
    }
  }

  private static final class PeerLink implements Link {
    private final Link.Listener listener;
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();

    PeerLink(Link.Listener listener) {
      this.listener = listener;
    }

    @Override
    public void send(String text) {
      sent.add(text);
      var upto = Json.parse(text).path("upto").asLong(0);
      Thread.startVirtualThread(() -> says("{\"acked\":%d}".formatted(upto)));
    }

    @Override
    public void abort() {}

    void says(String frame) {
      listener.onText(frame, () -> {});
    }
  }

  private WorkerConnection over(Link.Dialer dialer) {
    return new WorkerConnection(dialer, timing, URI.create("http://localhost"));
  }

  private Lease started(WorkerConnection connection) {
    server.answer(202, JOB);
    return Lease.start(server.rest(), connection, JobRequest.of("t"), LEASE);
  }

  @Test
  void report_whileConnected_goesOverTheConnection() throws Exception {
    var peer = new Peer();
    try (var connection = over(peer)) {
      var lease = started(connection);

      lease.report(Report.percent(5));

      var sent = Json.parse(peer.links.take().sent.take());
      assertThat(sent.at("/items/0/lease").asString()).isEqualTo("l1");
      assertThat(sent.at("/items/0/progress").asDouble()).isEqualTo(5);
      assertThat(server.calls("progress")).isEmpty();
    }
  }

  @Test
  void report_noConnectionToBeHad_goesOverHttp() {
    var tried = new AtomicBoolean();
    Link.Dialer none =
        listener -> {
          if (tried.compareAndSet(false, true)) { // later ones are still on their way
            Thread.startVirtualThread(() -> listener.onEnd(new ConnectionEnd.Lost("refused")));
          }
          return new PeerLink(listener);
        };
    try (var connection = over(none)) {
      var lease = started(connection);

      lease.report(Report.percent(5));

      assertThat(server.calls("progress")).hasSize(1);
    }
  }

  @Test
  void cancellation_overANewConnection_isToldWithoutAReport() throws Exception {
    var peer = new Peer();
    try (var connection = over(peer)) {
      var lease = started(connection);
      var asked = new CountDownLatch(1);
      lease.cancelWatch((job, onCancel) -> () -> {}).watch(lease.job(), asked::countDown);

      peer.links.take().listener.onEnd(new ConnectionEnd.Lost("cut"));

      var second = peer.links.take();
      assertThat(second.sent.take()).contains("\"l1\"");
      second.says("{\"cancel_requested\":[\"l1\"],\"keep_partial\":[]}");
      asked.await();
    }
  }
}
