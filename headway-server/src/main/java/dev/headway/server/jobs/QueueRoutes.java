package dev.headway.server.jobs;

import dev.headway.core.engine.Queues;
import dev.headway.core.job.Json;
import dev.headway.core.job.QueueRule;
import dev.headway.core.job.StartRate;
import dev.headway.core.port.JobStore.Queue;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.json.JsonCodec;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The routes by which administrators see queues, pause them, and limit their rate. */
public final class QueueRoutes {
  private record QueueList(List<View> queues) {}

  private record View(
      String name, boolean paused, @Nullable Rate rate, long waiting, long running) {
    static View of(Queue queue) {
      var rule = queue.rule();
      return new View(
          queue.name(), rule.paused(), Rate.of(rule.rate()), queue.waiting(), queue.running());
    }
  }

  private record Rate(int starts, double seconds) {
    static @Nullable Rate of(@Nullable StartRate rate) {
      return rate == null ? null : new Rate(rate.starts(), rate.period().toMillis() / 1_000.0);
    }

    StartRate rate() {
      return new StartRate(starts, Duration.ofMillis(Math.round(seconds * 1_000)));
    }
  }

  private record Change(@Nullable Boolean paused, @Nullable Json rate) {
    QueueRule of(QueueRule before) {
      return new QueueRule(Objects.requireNonNullElse(paused, before.paused()), rate(before));
    }

    /* What is left out stays; null takes the limit away. */
    private @Nullable StartRate rate(QueueRule before) {
      if (rate == null) {
        return before.rate();
      }
      return rate.isNull() ? null : JsonCodec.mapper().readValue(rate.text(), Rate.class).rate();
    }
  }

  private final Queues queues;

  /** The routes over these queues. */
  public QueueRoutes(Queues queues) {
    this.queues = queues;
  }

  /** The handlers by operation. */
  public Routes routes() {
    return new Routes().on("listQueues", this::list).on("changeQueue", this::change);
  }

  private Response list(Request request) {
    return Response.ok(new QueueList(queues.all().stream().map(View::of).toList()));
  }

  private Response change(Request request) {
    var name = request.pathText("queue");
    var change = request.json(Change.class);
    queues.setRule(name, change.of(queue(name).rule()));
    return Response.ok(View.of(queue(name)));
  }

  private Queue queue(String name) {
    return queues.all().stream()
        .filter(queue -> queue.name().equals(name))
        .findFirst()
        .orElseGet(() -> new Queue(name, QueueRule.NONE, 0, 0));
  }
}
