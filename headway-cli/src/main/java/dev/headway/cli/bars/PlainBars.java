package dev.headway.cli.bars;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Bars as lines of text, for pipes and logs: a line when something begins, changes its step or
 * mark, has come another tenth further, or ends.
 */
public final class PlainBars implements Bars {
  private static final int TENTH = 10;

  private final Consumer<String> lines;
  private final Map<String, Bar> shown = new HashMap<>();

  /** Writes to {@code lines}. */
  public PlainBars(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public synchronized void show(String key, Bar bar) {
    var before = shown.get(key);
    if (before == null || worthALine(before, bar)) {
      shown.put(key, bar);
      lines.accept(line(bar));
    }
  }

  private static boolean worthALine(Bar before, Bar now) {
    return before.mark() != now.mark()
        || !before.step().equals(now.step())
        || tenths(before) != tenths(now);
  }

  private static int tenths(Bar bar) {
    var percent = bar.percent();
    return percent == null ? -1 : (int) (percent / TENTH);
  }

  private static String line(Bar bar) {
    var percent = bar.percent();
    var line = new StringBuilder(DisplayWidth.printable(bar.label()));
    line.append("  ")
        .append(percent == null ? " --" : "%3d%%".formatted((int) Math.floor(percent)));
    if (bar.mark() != Mark.RUNNING) {
      line.append("  ").append(bar.mark().word());
    }
    if (!bar.text().isEmpty()) {
      line.append("  ").append(DisplayWidth.printable(bar.text()));
    }
    var eta = bar.eta();
    if (eta != null && !bar.mark().ended()) {
      line.append("  (").append(TimeLeft.estimate(eta)).append(" left)");
    }
    return line.toString();
  }

  @Override
  public synchronized void print(String line) {
    lines.accept(line);
  }

  /** Does nothing: every change was shown when it came. */
  @Override
  public void close() {}
}
