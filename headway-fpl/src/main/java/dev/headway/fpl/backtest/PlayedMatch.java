package dev.headway.fpl.backtest;

import java.time.Instant;

/**
 * A player in one match that was played.
 *
 * @param player element id
 * @param gameweek 1 to 38
 * @param club team id
 * @param kickoff when it began
 * @param price his price then, in tenths of a million
 * @param minutes played
 * @param points scored
 * @param expectedGoals in the match
 * @param expectedAssists in the match
 */
record PlayedMatch(
    int player,
    int gameweek,
    int club,
    Instant kickoff,
    int price,
    int minutes,
    int points,
    double expectedGoals,
    double expectedAssists) {}
