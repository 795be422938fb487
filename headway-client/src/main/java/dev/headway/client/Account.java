package dev.headway.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user.
 *
 * @param role {@code user}, {@code worker}, {@code engineer} or {@code admin}
 */
public record Account(long id, String email, @Nullable String role, @Nullable Instant createdAt) {}
