package dev.headway.cli.bars;

/**
 * Draws a bar as one line: mark, label, bar, percent, what it is doing, time left. The narrower the
 * line, the less it shows; the mark, the label and the percentage stay to the last. Pure.
 */
final class BarPainter {
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";
  private static final int SHORTEST_TEXT = 6;

  private final int columns;
  private final int labelColumns;
  private final Look look;

  /**
   * @param columns the line's length, which no line exceeds
   * @param longestLabel the columns of the longest label of all bars, so that they line up
   */
  BarPainter(int columns, int longestLabel, Look look) {
    this.columns = columns;
    this.labelColumns = Math.min(longestLabel, Math.max(8, columns / 3));
    this.look = look;
  }

  String paint(Bar bar) {
    var head =
        bar.mark().symbol(look.unicode())
            + " "
            + Cells.fit(Cells.printable(bar.label()), labelColumns);
    var gauge = gauge(bar);
    var percent = percent(bar);
    var time = timeLeft(bar);
    var used = width(head) + width(gauge) + width(percent) + width(time);
    var text = text(bar, columns - used);
    var line =
        new StringBuilder(bar.mark().colour().paint(Cells.cut(head, columns), look.colours()));
    append(line, bar.mark().colour().paint(gauge, look.colours()));
    append(line, percent);
    append(line, text);
    append(line, Colour.DIM.paint(time, look.colours()));
    return line.toString().stripTrailing();
  }

  private static int width(String part) {
    return part.isEmpty() ? 0 : Cells.width(part) + 1;
  }

  private void append(StringBuilder line, String part) {
    if (!part.isEmpty() && Cells.width(line.toString()) + 1 + Cells.width(part) <= columns) {
      line.append(' ').append(part);
    }
  }

  private String text(Bar bar, int room) {
    if (room < SHORTEST_TEXT) {
      return "";
    }
    var text = Cells.fit(Cells.printable(bar.text()), room);
    return bar.mark() == Mark.FAILED ? Colour.RED.paint(text, look.colours()) : text;
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
    return look.unicode() ? blocks(filled, inner) : "[" + ascii(filled, inner) + "]";
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
    return columns >= 80 ? TimeLeft.interval(eta, look.unicode()) : TimeLeft.estimate(eta);
  }
}
