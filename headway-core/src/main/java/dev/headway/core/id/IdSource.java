package dev.headway.core.id;

import java.util.UUID;

/** Makes identifiers. Implementations are safe for use by any thread. */
public interface IdSource {
  /** A UUID of version 7 (RFC 9562, section 5.7): ordered by time of making. */
  UUID uuid();

  /** A short name, new with near certainty, of letters and digits: one life of a topic. */
  String epoch();

  /** An unguessable token of at least 128 bits, of letters, digits, {@code -} and {@code _}. */
  String secret();
}
