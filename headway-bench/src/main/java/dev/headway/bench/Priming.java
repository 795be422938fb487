package dev.headway.bench;

import dev.headway.bench.contender.Running;
import dev.headway.bench.load.Generator;
import java.time.Duration;

/**
 * Publishes to a server for nobody until a message no longer becomes cheaper for it: whatever
 * compiles itself while it runs is measured as it runs for days, and not as it starts. A server
 * that does not compile itself is done after a few seconds.
 */
final class Priming {
  private static final int PORTION = 10_000;
  private static final Duration LONGEST = Duration.ofSeconds(40);

  /* A portion counts as cheaper when it takes so much less CPU time than the cheapest before. */
  private static final double CHEAPER = 0.95;
  private static final int DEARER_AT_LAST = 3;

  private final Generator generator;

  Priming(Generator generator) {
    this.generator = generator;
  }

  void prime(Running server) {
    var end = System.nanoTime() + LONGEST.toNanos();
    var cheapest = Double.MAX_VALUE;
    var dearer = 0;
    while (dearer < DEARER_AT_LAST && System.nanoTime() < end) {
      var cost = portion(server);
      dearer = cost < cheapest * CHEAPER ? 0 : dearer + 1;
      cheapest = Math.min(cheapest, cost);
    }
  }

  /** The server's CPU seconds for a portion of messages. */
  private double portion(Running server) {
    var before = server.process().usage();
    try (var nobody = generator.gather(server.flows(1), 0, 0, _ -> {})) {
      nobody.publish(PORTION);
      nobody.awaitPublished();
    }
    var used = server.process().usage().since(before);
    return used.userSeconds() + used.systemSeconds();
  }
}
