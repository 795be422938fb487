package dev.headway.fpl.advice;

/**
 * The price that a team paid for a player of its squad, where the manager knows it better.
 *
 * @param playerId his id
 * @param price in tenths of a million
 */
public record PaidPrice(int playerId, int price) {}
