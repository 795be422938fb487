package dev.headway.spc.model;

import java.time.Instant;

/**
 * A person's answer to a violation; there is at most one.
 *
 * @param user who answered
 * @param reason why the violation occurred or what was done
 * @param at when
 */
public record Acknowledgment(String user, String reason, Instant at) {}
