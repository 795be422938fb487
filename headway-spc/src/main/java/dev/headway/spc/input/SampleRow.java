package dev.headway.spc.input;

/**
 * A row that was read from a request, a file or a message: a sample, or the reasons why it is none.
 */
public sealed interface SampleRow permits NewSample, RefusedRow {
  /** The place in the input, from 1; in a file the line, whose header is line 1. */
  long line();
}
