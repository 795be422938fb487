package dev.headway.spc.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The end of a violation that was acknowledged.
 *
 * @param cause the assignable cause that was found
 * @param action what was done about it
 * @param user who closed it
 * @param at when
 * @param meaning the meaning of the signature; null where it was not signed
 */
public record Closure(
    String cause, String action, String user, Instant at, @Nullable String meaning) {}
