package dev.headway.cli.bars;

/**
 * A painter of bars, one line each: mark, label, bar, percent, message, time left. The narrower the
 * line, the less it shows; the mark, the label and the percentage stay to the last. Pure.
 */
final class BarPainter {
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";
  private static final int SHORTEST_TEXT = 6;

  private final int columns;
  private final int labelColumns;
  private final TerminalStyle style;

  /**
   * @param columns the line's length, which no line exceeds
   * @param longestLabel the columns of the longest label of all bars, so that they line up
   */
  BarPainter(int columns, int longestLabel, TerminalStyle style) {
    this.columns = columns;
    this.labelColumns = Math.min(longestLabel, Math.max(8, columns / 3));
    this.style = style;
  }

  String paint(Bar bar) {
    var head =
        bar.mark().symbol(style.unicode())
            + " "
            + DisplayWidth.fit(DisplayWidth.printable(bar.label()), labelColumns);
    var gauge = gauge(bar);
    var percent = percent(bar);
    var time = timeLeft(bar);
    var used = width(head) + width(gauge) + width(percent) + width(time);
    var text = text(bar, columns - used);
    var line =
        new StringBuilder(
            bar.mark().colour().paint(DisplayWidth.cut(head, columns), style.colours()));
    append(line, bar.mark().colour().paint(gauge, style.colours()));
    append(line, percent);
    append(line, text);
    append(line, Colour.DIM.paint(time, style.colours()));
    return line.toString().stripTrailing();
  }

  private static int width(String part) {
    return part.isEmpty() ? 0 : DisplayWidth.width(part) + 1;
  }

  private void append(StringBuilder line, String part) {
    if (!part.isEmpty()
        && DisplayWidth.width(line.toString()) + 1 + DisplayWidth.width(part) <= columns) {
      line.append(' ').append(part);
    }
  }

  private String text(Bar bar, int room) {
    if (room < SHORTEST_TEXT) {
      return "";
    }
    var text = DisplayWidth.fit(DisplayWidth.printable(bar.text()), room);
    return bar.mark() == Mark.FAILED ? Colour.RED.paint(text, style.colours()) : text;
  }

  private int gaugeColumns() {
    if (columns >= 100) {
      return 24;
    }
    if (columns >= 70) {
      return 16;
    }
    return columns >= 44 ? 10 : 0;
  }

  private String gauge(Bar bar) {
    var inner = gaugeColumns();
    if (inner == 0) {
      return "";
    }
    var percent = bar.percent();
    var filled = percent == null ? 0 : Math.clamp(percent, 0, 100) / 100 * inner;
    return style.unicode() ? blocks(filled, inner) : "[" + ascii(filled, inner) + "]";
  }

  private static String blocks(double filled, int inner) {
    var whole = (int) filled;
    var blocks = new StringBuilder("▕").append("█".repeat(whole));
    if (whole < inner) {
      blocks.append(EIGHTHS.charAt((int) ((filled - whole) * 8)));
      blocks.append(" ".repeat(inner - whole - 1));
    }
    return blocks.append('▏').toString();
  }

  private static String ascii(double filled, int inner) {
    var whole = (int) filled;
    return "#".repeat(whole) + "-".repeat(inner - whole);
  }

  /** Rounded down: 100 % is shown only at the end. */
  private static String percent(Bar bar) {
    var percent = bar.percent();
    return percent == null ? "  --" : "%3d%%".formatted((int) Math.floor(percent));
  }

  private String timeLeft(Bar bar) {
    var eta = bar.eta();
    if (eta == null || bar.mark().ended() || columns < 44) {
      return "";
    }
    return columns >= 80 ? TimeLeft.interval(eta, style.unicode()) : TimeLeft.estimate(eta);
  }
}
