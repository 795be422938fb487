package dev.headway.cli.run;

import dev.headway.cli.bars.DisplayWidth;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts a command's output into segments, whatever the pieces in which it comes. A line without end
 * is cut after 8 KiB. Not thread-safe.
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
    for (var i = 0; i < length; i++) {
      take(bytes[i]);
    }
  }

  private void take(byte next) {
    if (afterReturn && next != '\n') {
      // A carriage return before a line feed is part of the line's end; any other overwrites.
      emit(true);
    }
    afterReturn = next == '\r';
    switch (next) {
      case '\n' -> emit(false);
      case '\r' -> {
        // What follows tells what it means.
      }
      default -> {
        pending.write(next);
        if (pending.size() >= LONGEST) {
          emit(false);
        }
      }
    }
  }

  /** Takes it that the output has ended. */
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
