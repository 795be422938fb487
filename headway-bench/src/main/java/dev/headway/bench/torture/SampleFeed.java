package dev.headway.bench.torture;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The samples of one characteristic, sent to any of the servers, each until it is accepted. Used by
 * one thread.
 */
final class SampleFeed {
  private static final int SAMPLES = 16;

  private final Api api;
  private final String characteristic;
  private final TreeSet<Long> accepted = new TreeSet<>();
  private final Thread sending = Thread.ofVirtual().unstarted(this::send);

  private SampleFeed(Api api, String characteristic) {
    this.api = api;
    this.characteristic = characteristic;
  }

  /** Adds a characteristic with limits that some samples exceed, and begins to send. */
  static SampleFeed begin(Api api) throws InterruptedException {
    var added =
        api.accepted(
            "POST",
            "/api/v1/characteristics",
            () -> Map.of("name", "torture " + UUID.randomUUID(), "subgroup_size", 1));
    var id = added.path("id").asString();
    var limits = Map.of("lcl", 7, "center_line", 10, "ucl", 13);
    api.accepted("PUT", "/api/v1/characteristics/" + id + "/limits", () -> limits);
    var feed = new SampleFeed(api, id);
    feed.sending.start();
    return feed;
  }

  /** The number of the characteristic. */
  String characteristic() {
    return characteristic;
  }

  private void send() {
    var random = new Random(Long.parseLong(characteristic));
    try {
      for (var at = 0; at < SAMPLES; at++) {
        var sample =
            Map.of(
                "characteristic_id",
                Long.valueOf(characteristic),
                "measurements",
                List.of(10 + 1.5 * random.nextGaussian()),
                "key",
                "sample " + at);
        var answer = api.accepted("POST", "/api/v1/samples", () -> sample);
        accepted.add(answer.path("sample_id").asLong());
        TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until all are sent; the numbers that the servers have answered with. */
  List<Long> await() throws InterruptedException {
    sending.join();
    return List.copyOf(accepted);
  }
}
