package dev.headway.server.limit;

import java.time.Duration;
import java.time.Instant;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A token bucket by Lincheck: every outcome of takers side by side is one of an order. Under stress
 * in a build; {@code -Dheadway.lincheck=model} takes the threads through their interleavings one by
 * one.
 */
@Tag("alone")
public class TokenBucketLinearizabilityTest {
  private static final boolean MODEL = "model".equals(System.getProperty("headway.lincheck"));

  private final TokenBucket bucket = new TokenBucket(3, Duration.ofSeconds(3), () -> Instant.EPOCH);

  /** Takes a token. */
  @Operation
  public boolean take() {
    return bucket.take();
  }

  /** How long until the next one. */
  @Operation
  public Duration untilNext() {
    return bucket.untilNext();
  }

  private static <O extends Options<O, ?>> O small(O options) {
    return options.iterations(5).invocationsPerIteration(300).threads(3).actorsPerThread(2);
  }

  @Test
  void takers_sideBySide_haveAnOrder() {
    if (MODEL) {
      small(new ModelCheckingOptions()).check(TokenBucketLinearizabilityTest.class);
    } else {
      small(new StressOptions()).check(TokenBucketLinearizabilityTest.class);
    }
  }
}
