package dev.headway.bench.workload;

import dev.headway.bench.contender.HeadwayRunning;
import dev.headway.bench.load.LoadException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Machines that measure at a steady pace: each has a hundred characteristics and sends one sample
 * of each as a batch, the next at the moment when it is due or when the last has been taken,
 * whichever is later. A sample bears the moment at which it was due.
 */
final class Machines implements AutoCloseable {
  private static final int BATCH = 100;
  private static final int PORTION = 50;
  private static final long SEED = 42;

  private final HeadwayRunning server;
  private final Duration distance;
  private final AtomicLong taken = new AtomicLong();
  private final Map<Long, Long> newest = new ConcurrentHashMap<>();
  private final List<Thread> machines = new ArrayList<>();
  private volatile boolean stopped;
  private volatile @Nullable RuntimeException failure;

  /** Begins to send so many samples a second, over all characteristics together. */
  Machines(HeadwayRunning server, List<Long> characteristics, int perSecond) {
    this.server = server;
    this.distance = Duration.ofNanos(characteristics.size() * 1_000_000_000L / perSecond);
    var count = characteristics.size() / BATCH;
    var start = Instant.now();
    for (var at = 0; at < count; at++) {
      var own = characteristics.subList(at * BATCH, (at + 1) * BATCH);
      var first = start.plus(distance.multipliedBy(at).dividedBy(count));
      machines.add(Thread.ofPlatform().daemon().start(() -> work(own, first)));
    }
  }

  /** Makes characteristics with limits, on which all eight rules are on. */
  static List<Long> characteristics(HeadwayRunning server, int count) {
    var series = Long.toString(System.nanoTime(), Character.MAX_RADIX);
    var number = new AtomicLong();
    var ids =
        HeadwayRunning.atOnce(
            count,
            () ->
                server
                    .rest()
                    .post(
                        "/api/v1/characteristics",
                        "{\"name\":\"%s-%d\"}".formatted(series, number.incrementAndGet()))
                    .path("id")
                    .asLong());
    // Samples from which the limits are estimated: enough of them, and all rules are on by default.
    for (var from = 0; from < count; from += PORTION) {
      var some = ids.subList(from, Math.min(count, from + PORTION));
      server.rest().post("/api/v1/samples/batch?synchronous=true", past(some));
    }
    var next = ids.iterator();
    HeadwayRunning.atOnce(
        count,
        () -> {
          long id;
          synchronized (next) {
            id = next.next();
          }
          return server
              .rest()
              .post("/api/v1/characteristics/%d/recalculate-limits".formatted(id), "{}");
        });
    return ids;
  }

  private static String past(List<Long> ids) {
    var random = new Random(SEED);
    var before = Instant.now().minusSeconds(3_600);
    return IntStream.range(0, PORTION)
        .mapToObj(second ->
            ids.stream()
                .map(id -> sample(id, before.plusSeconds(second), random))
                .collect(Collectors.joining(",")))
        .collect(Collectors.joining(",", "{\"samples\":[", "]}"));
  }

  private static String sample(long id, Instant at, Random random) {
    return String.format(
        Locale.ROOT,
        "{\"characteristic_id\":%d,\"measurements\":[%.4f],\"timestamp\":\"%s\"}",
        id,
        10 + random.nextGaussian(),
        at.truncatedTo(ChronoUnit.MICROS));
  }

  private void work(List<Long> own, Instant first) {
    var random = new Random(own.getFirst());
    try {
      for (var due = first; !stopped; due = due.plus(distance)) {
        var wait = Duration.between(Instant.now(), due);
        if (wait.isPositive()) {
          Thread.sleep(wait);
        }
        send(own, due, random);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failed) {
      failure = failed;
    }
  }

  private void send(List<Long> own, Instant due, Random random) {
    var batch =
        own.stream()
            .map(id -> sample(id, due, random))
            .collect(Collectors.joining(",", "{\"samples\":[", "]}"));
    var answer = server.rest().post("/api/v1/samples/batch?synchronous=true", batch);
    var samples = answer.path("samples");
    for (var at = 0; at < own.size(); at++) {
      newest.put(own.get(at), samples.path(at).path("sample_id").asLong());
    }
    taken.addAndGet(own.size());
  }

  /** How many samples the server has taken. */
  long taken() {
    return taken.get();
  }

  /**
   * Stops and returns the number of each characteristic's newest sample.
   *
   * @throws LoadException when the server has refused samples
   */
  Map<Long, Long> stop() {
    stopped = true;
    try {
      for (var machine : machines) {
        machine.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw new LoadException("Samples were not taken: " + failure.getMessage(), failure);
    }
    return newest;
  }

  @Override
  public void close() {
    stopped = true;
  }
}
