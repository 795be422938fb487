package dev.headway.fpl.data;

/**
 * A position with its quotas, as the API states them.
 *
 * @param id 1 to 4
 * @param singularName name
 * @param squadSelect players in a squad
 * @param squadMinPlay fewest in a line-up
 * @param squadMaxPlay most in a line-up
 */
public record ElementType(
    int id, String singularName, int squadSelect, int squadMinPlay, int squadMaxPlay) {}
