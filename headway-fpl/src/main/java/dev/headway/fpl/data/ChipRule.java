package dev.headway.fpl.data;

/**
 * A chip and the gameweeks in which it may be played.
 *
 * @param name the API's name
 * @param number how many of it
 * @param startEvent first gameweek
 * @param stopEvent last gameweek
 */
public record ChipRule(String name, int number, int startEvent, int stopEvent) {}
