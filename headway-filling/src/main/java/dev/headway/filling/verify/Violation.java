package dev.headway.filling.verify;

import org.jspecify.annotations.Nullable;

/**
 * A rule that a schedule breaks.
 *
 * @param rule which
 * @param line the name of the line, or "" when no single one is to blame
 * @param lot the id of the lot; null when no single one is to blame
 * @param message what is wrong, with the values
 */
public record Violation(Rule rule, String line, @Nullable String lot, String message) {
  /** The rules of a schedule. */
  public enum Rule {
    /** Each lot is filled once, as it was given. */
    LOTS,
    /**
     * A line starts at zero and has neither overlaps nor gaps; where lots are released or fixed in
     * time, or lines have calendars, it may wait.
     */
    CONTINUITY,
    /** Clean, fill, then changeover and fill by turns. */
    SEQUENCE,
    /** Every activity takes as long as the rules say. */
    DURATION,
    /** What follows a clean fits the sterile window. */
    WINDOW,
    /** Lines are those of the problem. */
    LINES,
    /** A lot runs on a line that it may run on. */
    ALLOWED_LINES,
    /** Filling begins no earlier than the release. */
    RELEASE,
    /** Every activity lies within the line's working time. */
    CALENDAR,
    /** What is locked of a lot, its time or its order, is as it is locked. */
    LOCK
  }
}
