package dev.headway.spc.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person's answer to a violation; there is at most one.
 *
 * @param user who answered
 * @param reason why the violation occurred or what was done
 * @param at when
 * @param meaning the meaning of the signature; null where it was not signed
 */
public record Acknowledgment(String user, String reason, Instant at, @Nullable String meaning) {}
