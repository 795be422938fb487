package dev.headway.server.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A bucket for each key, for example an address. Buckets that are full again are forgotten, and no
 * more than 100,000 are kept, so that a flood of keys costs no memory. Thread-safe.
 */
public final class TokenBuckets {
  private static final int MOST_KEYS = 100_000;

  private final int capacity;
  private final Duration period;
  private final InstantSource clock;
  private final Cache<String, TokenBucket> buckets;

  /** Buckets that are all alike; see {@link TokenBucket}. */
  public TokenBuckets(int capacity, Duration period, InstantSource clock) {
    this.capacity = capacity;
    this.period = period;
    this.clock = clock;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_KEYS)
            .expireAfterAccess(period)
            .ticker(() -> clock.millis() * 1_000_000)
            .executor(Runnable::run)
            .build();
  }

  /** The bucket of a key. */
  public TokenBucket of(String key) {
    return buckets.get(key, _ -> new TokenBucket(capacity, period, clock));
  }
}
