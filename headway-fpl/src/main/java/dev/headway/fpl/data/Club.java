package dev.headway.fpl.data;

/**
 * A club of {@code bootstrap-static/}, a "team" there.
 *
 * @param id team id
 * @param name full name
 * @param shortName three letters
 */
public record Club(int id, String name, String shortName) {}
