package dev.headway.fpl.projection;

import org.jspecify.annotations.Nullable;

/**
 * A player's expected score in a gameweek.
 *
 * @param playerId element id
 * @param gameweek 1 to 38
 * @param points expected points
 * @param minutes expected minutes; two matches have 180
 * @param breakdown what the points are made of; null where a table replaced the model
 */
public record Projection(
    int playerId, int gameweek, double points, double minutes, @Nullable Breakdown breakdown) {}
