package dev.headway.fpl.data;

import org.jspecify.annotations.Nullable;

/**
 * The document {@code entry/{id}/}: a manager's team. Money is in tenths of a million.
 *
 * @param id team id
 * @param name the team's name
 * @param currentEvent last gameweek played; null before the first
 * @param startedEvent first gameweek played
 * @param lastDeadlineBank money in hand at the last deadline; null before the first
 * @param lastDeadlineValue squad and bank at the last deadline; null before the first
 */
public record Entry(
    int id,
    String name,
    @Nullable Integer currentEvent,
    int startedEvent,
    @Nullable Integer lastDeadlineBank,
    @Nullable Integer lastDeadlineValue) {}
