package dev.headway.cli.run;

import dev.headway.cli.bars.DisplayWidth;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A splitter of a command's output into segments, in whatever pieces it comes. A line without end
 * is cut after 8 KiB. Takes linear time. Not thread-safe.
 */
final class OutputSplitter {
  private static final int LONGEST = 8 * 1024;

  private final Consumer<Segment> segments;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private boolean afterReturn;

  OutputSplitter(Consumer<Segment> segments) {
    this.segments = segments;
  }

  /** Takes the next piece of output. */
  void take(byte[] bytes, int length) {
    var from = 0;
    while (from < length) {
      var end = lineEnd(bytes, from, length);
      if (end > from) {
        text(bytes, from, end);
      }
      if (end < length) {
        ended(bytes[end]);
      }
      from = end + 1;
    }
  }

  private static int lineEnd(byte[] bytes, int from, int length) {
    var end = from;
    while (end < length && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    return end;
  }

  private void text(byte[] bytes, int from, int end) {
    overwrite();
    for (var start = from; start < end; ) {
      var fitting = Math.min(end - start, LONGEST - pending.size());
      pending.write(bytes, start, fitting);
      start += fitting;
      if (pending.size() == LONGEST) {
        emit(false);
      }
    }
  }

  /** A carriage return before a line feed is part of the line's end; any other overwrites. */
  private void ended(byte mark) {
    if (mark == '\n') {
      afterReturn = false;
      emit(false);
    } else {
      overwrite();
      afterReturn = true;
    }
  }

  private void overwrite() {
    if (afterReturn) {
      afterReturn = false;
      emit(true);
    }
  }

  /** Takes a line that is not of the output, but in place of some of it. */
  void note(String line) {
    end();
    afterReturn = false;
    segments.accept(new Segment(line, false));
  }

  /** Takes the end of the output. */
  void end() {
    if (pending.size() > 0) {
      emit(false);
    }
  }

  private void emit(boolean overwritten) {
    var text = DisplayWidth.printable(pending.toString(StandardCharsets.UTF_8));
    pending.reset();
    segments.accept(new Segment(text, overwritten));
  }
}
