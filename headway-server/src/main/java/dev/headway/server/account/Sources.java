package dev.headway.server.account;

import dev.headway.core.id.IdSource;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Where time and identifiers come from.
 *
 * @param clock what time it is
 * @param ids UUIDs stamped by the same clock, and secrets from a secure generator
 */
public record Sources(InstantSource clock, IdSource ids) {
  /* Databases and identifiers keep milliseconds; what is compared with them has no more. */
  static Instant millis(InstantSource clock) {
    return Instant.ofEpochMilli(clock.millis());
  }
}
