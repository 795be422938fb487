package dev.headway.fpl.data;

import java.time.Instant;

/**
 * A row of {@code entry/{id}/transfers/}: one player sold and one bought. Money is in tenths of a
 * million.
 *
 * @param elementIn the player bought
 * @param elementInCost what he cost
 * @param elementOut the player sold
 * @param elementOutCost what he brought
 * @param event the gameweek that it was made for
 * @param time when it was made
 */
public record Transfer(
    int elementIn,
    int elementInCost,
    int elementOut,
    int elementOutCost,
    int event,
    Instant time) {}
