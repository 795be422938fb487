package dev.headway.cli.run;

/**
 * A piece of output up to a line feed or a carriage return, without escape sequences.
 *
 * @param text without its end
 * @param overwritten whether a carriage return ended it, so that the next piece takes its place
 */
record Segment(String text, boolean overwritten) {}
