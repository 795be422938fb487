package dev.headway.spc.input;

/**
 * One thing that is wrong with an input.
 *
 * @param field the name of what is wrong, as the sender knows it
 * @param message what is wrong and how to mend it, for a person
 */
public record InputDefect(String field, String message) {}
