package dev.headway.bench;

import java.io.PrintWriter;

/** Tells the person who waits what is being done: on one line in a terminal, else line by line. */
final class ProgressLine {
  private static final int WIDTH = 100;

  private final PrintWriter out;
  private final boolean oneLine;
  private String context = "";

  ProgressLine(PrintWriter out, boolean oneLine) {
    this.out = out;
    this.oneLine = oneLine;
  }

  /** Begins something that lasts. */
  void begin(String what) {
    context = what;
    if (oneLine) {
      say("");
    } else {
      out.println(what);
      out.flush();
    }
  }

  /** A detail of it. */
  void say(String detail) {
    if (oneLine) {
      var line = detail.isEmpty() ? context : context + ": " + detail;
      out.print("\r" + line.substring(0, Math.min(WIDTH, line.length())) + "\033[K");
      out.flush();
    }
  }

  /** Something that is to stay, in a line of its own. */
  void note(String line) {
    clear();
    out.println(line);
    out.flush();
  }

  /** Makes room for results. */
  void clear() {
    if (oneLine) {
      out.print("\r\033[K");
      out.flush();
    }
  }
}
