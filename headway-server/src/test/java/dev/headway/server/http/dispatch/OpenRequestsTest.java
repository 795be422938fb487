package dev.headway.server.http.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.limit.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpenRequestsTest {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);

  /* Goes on after it was told to stop, as native code does. */
  private Response stuck(Request request) {
    reached.countDown();
    while (true) {
      try {
        over.await();
        return Response.text(200, "at last");
      } catch (InterruptedException _) {
        interrupted.countDown();
      }
    }
  }

  @Test
  void request_whoseHandlerIsStuck_isAnsweredOnceAtItsDeadline() throws Exception {
    var served = Served.with("listJobs", this::stuck);
    var answers = new LinkedBlockingQueue<Response>();
    var work =
        Thread.startVirtualThread(() -> served.call("GET", "/api/v1/jobs").send(answers::add));
    reached.await();

    served.millis.set(89_999);
    served.open.tick();
    assertThat(answers).isEmpty();
    served.millis.set(90_000);
    served.open.tick();
    var answer = (Response.Whole) answers.take();
    interrupted.await();
    served.open.tick();
    over.countDown();
    work.join();

    var text = new String(answer.body(), StandardCharsets.UTF_8);
    assertThat(answer.status()).isEqualTo(504);
    assertThat(text).contains("TIMEOUT_ERROR", "90 seconds", answer.headers().get("X-Request-Id"));
    assertThat(answers).isEmpty();
    assertThat(served.meters.get("headway.http.overdue").counter().count()).isEqualTo(1);
    assertThat(served.meters.get("headway.http.open").gauge().value()).isZero();
    assertThat(
            served.meters.get("headway.http.request.duration").tag("status", "504").timer().count())
        .isEqualTo(1);
  }

  @Test
  void request_whoseHandlerStopsAtItsDeadline_keepsThatAnswer() throws Exception {
    var thread = new AtomicReference<@Nullable Thread>();
    var served =
        Served.with(
            "listJobs",
            _ -> {
              thread.set(Thread.currentThread());
              reached.countDown();
              over.await();
              return Response.noContent();
            });
    var answers = new LinkedBlockingQueue<Response>();
    var work =
        Thread.startVirtualThread(() -> served.call("GET", "/api/v1/jobs").send(answers::add));
    reached.await();
    served.millis.set(90_000);
    served.open.tick();
    work.join();

    assertThat(answers).singleElement().extracting(Response::status).isEqualTo(504);
  }

  @Test
  void request_whoseHandlerThrowsAnError_is500AndCounted() {
    var served =
        Served.with(
            "listJobs",
            _ -> {
              throw new LinkageError("a class that is not there");
            });

    var problem = served.call("GET", "/api/v1/jobs").problem(500);

    assertThat(problem.get("code").asString()).isEqualTo("EXECUTION_ERROR");
    assertThat(problem.toString()).doesNotContain("a class");
    assertThat(served.meters.get("headway.http.faults").counter().count()).isEqualTo(1);
  }

  @Test
  void requests_overAClientsShare_areRefusedUntilOneHasEnded() throws Exception {
    var two = new CountDownLatch(2);
    var served =
        Served.with(
            "listJobs",
            _ -> {
              two.countDown();
              over.await();
              return Response.noContent();
            });
    var first = Thread.startVirtualThread(() -> served.call("GET", "/api/v1/jobs").send());
    var second = Thread.startVirtualThread(() -> served.call("GET", "/api/v1/jobs").send());
    two.await();

    var refused = served.call("GET", Served.JOB).send();
    var other = served.call("GET", Served.JOB).token("user").send();
    over.countDown();
    first.join();
    second.join();

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.headers()).containsEntry("Retry-After", "1");
    assertThat(other.status()).isEqualTo(204);
    assertThat(served.refusals.of(RefusalReason.REQUESTS)).isEqualTo(1);
    assertThat(served.call("GET", Served.JOB).send().status()).isEqualTo(204);
  }
}
