package dev.headway.fpl.data;

import java.time.Instant;

/**
 * A gameweek, an "event" of {@code bootstrap-static/}.
 *
 * @param id 1 to 38
 * @param deadlineTime until when teams may be changed
 * @param finished whether all its matches are over
 * @param isCurrent whether its deadline was the last to pass
 * @param isNext whether its deadline is the next
 */
public record Gameweek(
    int id, Instant deadlineTime, boolean finished, boolean isCurrent, boolean isNext) {}
