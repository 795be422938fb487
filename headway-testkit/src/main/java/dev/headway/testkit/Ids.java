package dev.headway.testkit;

import dev.headway.core.id.IdSource;
import dev.headway.core.id.RandomIds;
import java.time.InstantSource;
import java.util.SplittableRandom;

/** Identifiers for tests: the same at every run. */
public final class Ids {
  private Ids() {}

  /** Identifiers stamped by {@code clock}, from a fixed seed. */
  public static IdSource seeded(InstantSource clock) {
    return new RandomIds(clock, new SplittableRandom(42));
  }
}
