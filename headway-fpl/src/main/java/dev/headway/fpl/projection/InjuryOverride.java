package dev.headway.fpl.projection;

import org.jspecify.annotations.Nullable;

/**
 * What a user knows better than the documents.
 *
 * @param playerName the short name or the full one; case and accents do not matter
 * @param status a, d, i, s, n or u, or a word: available, doubtful, injured, suspended
 * @param chance of playing the next gameweek, 0 to 100; null for what the status implies
 */
public record InjuryOverride(String playerName, String status, @Nullable Integer chance) {}
