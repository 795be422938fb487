package dev.headway.client.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.client.HeadwayClient;
import dev.headway.client.job.Job;
import dev.headway.client.job.JobRequest;
import dev.headway.client.job.JobStatus;
import dev.headway.client.job.Step;
import dev.headway.server.HeadwayServer;
import dev.headway.server.ServerConfig;
import dev.headway.testkit.QuickHasher;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.StringNode;

/** Tracked jobs against a real server. */
final class TrackedJobTest {
  @TempDir static Path data;
  private static HeadwayServer server;
  private static HeadwayClient client;

  @BeforeAll
  static void start() throws IOException {
    server =
        HeadwayServer.builder(ServerConfig.loopback(0, data)).passwords(new QuickHasher()).start();
    client = HeadwayClient.at(URI.create(server.url())).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  private static Job ended(TrackedJob job) {
    job.ended().join();
    return client.job(job.begun().join().id());
  }

  @Test
  void complete_afterSomeItems_isShownWithItsResult() {
    try (var job = client.track("Nightly import", 2)) {
      job.advance();
      job.advance();
      job.message("both");
      job.complete("fine");
      assertThat(ended(job).status()).isEqualTo(JobStatus.COMPLETED);
      assertThat(ended(job).message()).isEqualTo("both");
      assertThat(ended(job).resultPayload()).isEqualTo(StringNode.valueOf("fine"));
    }
  }

  @Test
  void write_piecesOfAnOutput_growIntoOneText() {
    try (var job = client.track("writer", 0)) {
      job.write("answer", "Once");
      job.write("answer", " upon\n a time 🏭");
      job.log("a line");
      job.write("answer", "x".repeat(5_000));
      assertThatThrownBy(() -> job.write("Two words", "x"))
          .isInstanceOf(IllegalArgumentException.class);
      job.complete(null);
      var id = ended(job).id();
      assertThat(client.output(id, "answer"))
          .isEqualTo("Once upon\n a time 🏭" + "x".repeat(5_000));
      assertThat(client.logs(id, "log", 0).lines()).hasSize(1);
    }
  }

  @Test
  void declare_stepsWithShares_areCountedWithin() {
    try (var job = client.track("stepped", 0)) {
      job.declare(Step.of("read"), new Step("hash", 3));
      job.step("hash");
      job.total(4);
      job.advance();
      job.fail("enough");
      assertThat(ended(job).progress()).isEqualTo(43.75);
      assertThatThrownBy(() -> job.declare(Step.of("a"), Step.of("a")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void close_withoutAnEnd_failsTheJob() {
    var job = client.track("left", 0);
    job.close();
    assertThat(ended(job).errorMessage()).isEqualTo("The work was left before its end");
  }

  @Test
  void failed_withAnException_failsTheJobByItsMessage() {
    try (var job = client.track("odd", 0)) {
      job.failed(new IllegalStateException("odd row"));
      assertThat(ended(job).errorMessage()).isEqualTo("odd row");
    }
  }

  @Test
  void cancel_ofATrackedJob_reachesTheWorkAndEndsAsCancelled() throws InterruptedException {
    try (var job = client.track("endless", 0)) {
      var asked = new CountDownLatch(1);
      job.onCancel(asked::countDown);
      client.cancel(job.begun().join().id());
      asked.await();
      assertThatThrownBy(job::throwIfCancelled).isInstanceOf(CancellationException.class);
      job.failed(new CancellationException());
      assertThat(ended(job).status()).isEqualTo(JobStatus.CANCELLED);
    }
  }

  @Test
  void child_ofATrackedJob_leavesItsParentsBarAlone() {
    try (var outer = client.track("outer", 4)) {
      outer.advance();
      try (var inner = client.track(JobRequest.of("part").name("inner"), 1, outer)) {
        inner.advance();
        inner.complete(null);
        assertThat(ended(inner).status()).isEqualTo(JobStatus.COMPLETED);
      }
      outer.complete(null);
      assertThat(ended(outer).status()).isEqualTo(JobStatus.COMPLETED);
    }
  }

  @Test
  void child_thatEndsJustBeforeItsParent_isShown() {
    try (var outer = client.track("outer", 0)) {
      var inner = client.track(JobRequest.of("part").name("inner"), 0, outer);
      inner.complete(null);
      outer.complete(null);
      assertThat(ended(inner).status()).isEqualTo(JobStatus.COMPLETED);
    }
  }

  @Test
  void result_thatIsTooLarge_isLeftOutAndSaid() {
    try (var job = client.track("large", 0)) {
      job.complete("x".repeat(1 << 21));
      assertThat(ended(job).status()).isEqualTo(JobStatus.COMPLETED);
      assertThat(client.logs(ended(job).id(), 0).lines().getLast().text()).contains("left out");
    }
  }

  @Test
  void work_withoutAServer_goesOn() {
    try (var alone = HeadwayClient.at(URI.create("http://127.0.0.1:9")).build();
        var job = alone.track("unseen", 1_000)) {
      for (var done = 0; done < 1_000; done++) {
        job.advance();
      }
      job.complete(null);
      assertThat(job.job()).isEmpty();
    }
  }

  @Test
  void refusedJob_neverThrows() {
    try (var job = client.track(JobRequest.of("no such type"), 1, null)) {
      job.advance();
      job.complete(null);
      assertThat(job.begun()).failsWithin(Duration.ofMinutes(1));
    }
  }
}
