package dev.headway.bench.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A chart with logarithmic axes, as SVG: what grows in proportion rises like the dashed line, what
 * does not grow is flat.
 *
 * @param title over it
 * @param unit of all values
 * @param series the lines
 */
public record Chart(String title, String unit, List<Series> series) {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 400;
  private static final int LEFT = 76;
  private static final int RIGHT = 40;
  private static final int TOP = 76;
  private static final int BOTTOM = 46;
  private static final List<String> COLOURS = List.of("#0b6bcb", "#c4461f", "#2a7d4f", "#7a4bb8");

  /**
   * A line.
   *
   * @param name in the legend
   * @param points from left to right
   */
  public record Series(String name, List<Point> points) {
    /** Takes a copy. */
    public Series {
      points = List.copyOf(points);
    }
  }

  /** A point; both above 0. */
  public record Point(double x, double y) {}

  /** Takes a copy. */
  public Chart {
    series = List.copyOf(series);
  }

  /** The range of an axis in whole powers of ten. */
  private record Axis(int from, int to, double start, double length) {
    static Axis of(List<Double> values, double start, double length) {
      var least = values.stream().mapToDouble(Math::log10).min().orElse(0);
      var most = values.stream().mapToDouble(Math::log10).max().orElse(1);
      var from = (int) Math.floor(least + 1e-9);
      return new Axis(from, Math.max(from + 1, (int) Math.ceil(most - 1e-9)), start, length);
    }

    double at(double value) {
      return start + length * (Math.log10(value) - from) / (to - from);
    }
  }

  /** The picture. */
  public String svg() {
    var points = series.stream().flatMap(line -> line.points().stream()).toList();
    var x = Axis.of(points.stream().map(Point::x).toList(), LEFT, WIDTH - LEFT - RIGHT);
    var y = Axis.of(points.stream().map(Point::y).toList(), HEIGHT - BOTTOM, TOP - HEIGHT + BOTTOM);
    var svg = new ArrayList<String>();
    svg.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"system-ui, sans-serif\" font-size=\"13\">"
            .formatted(WIDTH, HEIGHT));
    svg.add("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
    svg.add(text(LEFT, 24, Style.TITLE, "%s by %s".formatted(unit, title)));
    svg.addAll(grid(x, y));
    svg.add(proportion(x, y));
    for (var at = 0; at < series.size(); at++) {
      svg.addAll(line(series.get(at), COLOURS.get(at % COLOURS.size()), x, y));
    }
    svg.addAll(legend());
    svg.add("</svg>\n");
    return String.join("\n", svg);
  }

  private static List<String> grid(Axis x, Axis y) {
    var lines = new ArrayList<String>();
    for (var power = x.from(); power <= x.to(); power++) {
      var at = x.at(Math.pow(10, power));
      lines.add(stroke(new Point(at, TOP), new Point(at, HEIGHT - BOTTOM), Rule.GRID));
      lines.add(text(at, HEIGHT - BOTTOM + 20, Style.BELOW_AN_AXIS, number(power)));
    }
    for (var power = y.from(); power <= y.to(); power++) {
      var at = y.at(Math.pow(10, power));
      lines.add(stroke(new Point(LEFT, at), new Point(WIDTH - RIGHT, at), Rule.GRID));
      lines.add(text(LEFT - 8, at + 4, Style.BESIDE_AN_AXIS, number(power)));
    }
    return lines;
  }

  private static String number(int power) {
    return power >= 0
        ? String.format(Locale.ROOT, "%,d", Math.round(Math.pow(10, power)))
        : String.format(Locale.ROOT, "%." + -power + "f", Math.pow(10, power));
  }

  /* From the last point of the first line down to the left. */
  private String proportion(Axis x, Axis y) {
    var end = series.getFirst().points().getLast();
    var decades = Math.min(Math.log10(end.x()) - x.from(), Math.log10(end.y()) - y.from());
    var factor = Math.pow(10, -decades);
    return stroke(
        new Point(x.at(end.x() * factor), y.at(end.y() * factor)),
        new Point(x.at(end.x()), y.at(end.y())),
        Rule.PROPORTION);
  }

  private static List<String> line(Series series, String colour, Axis x, Axis y) {
    var drawn = new ArrayList<String>();
    var path = new StringBuilder();
    for (var point : series.points()) {
      var at = "%.1f %.1f".formatted(x.at(point.x()), y.at(point.y()));
      path.append(path.isEmpty() ? "M" : " L").append(at);
      drawn.add(
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>"
              .formatted(x.at(point.x()), y.at(point.y()), colour));
    }
    drawn.add(
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>".formatted(path, colour));
    return drawn;
  }

  private List<String> legend() {
    var lines = new ArrayList<String>();
    var at = LEFT;
    var y = 44;
    for (var index = 0; index < series.size(); index++) {
      var name = series.get(index).name();
      var width = 36 + name.length() * 7;
      if (at + width > WIDTH) {
        at = LEFT;
        y += 20;
      }
      var colour = COLOURS.get(index % COLOURS.size());
      lines.add("<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"%s\"/>".formatted(at + 5, y, colour));
      lines.add(text(at + 16, y + 4, Style.LEGEND, name));
      at += width;
    }
    lines.add(stroke(new Point(at, y), new Point(at + 24, y), Rule.PROPORTION));
    lines.add(text(at + 30, y + 4, Style.LEGEND, "in proportion"));
    return lines;
  }

  /** The straight lines of a chart. */
  private enum Rule {
    GRID("stroke=\"#dddddd\""),
    PROPORTION("stroke=\"#888888\" stroke-dasharray=\"5 5\"");

    private final String attributes;

    Rule(String attributes) {
      this.attributes = attributes;
    }
  }

  private static String stroke(Point from, Point to, Rule rule) {
    return "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>"
        .formatted(from.x(), from.y(), to.x(), to.y(), rule.attributes);
  }

  /** The texts of a chart, by where they stand. */
  private enum Style {
    TITLE("text-anchor=\"start\" fill=\"#111\""),
    BELOW_AN_AXIS("text-anchor=\"middle\" fill=\"#444\""),
    BESIDE_AN_AXIS("text-anchor=\"end\" fill=\"#444\""),
    LEGEND("text-anchor=\"start\" fill=\"#333\"");

    private final String attributes;

    Style(String attributes) {
      this.attributes = attributes;
    }
  }

  private static String text(double x, double y, Style style, String text) {
    return "<text x=\"%.1f\" y=\"%.1f\" %s>%s</text>"
        .formatted(x, y, style.attributes, text.replace("&", "&amp;").replace("<", "&lt;"));
  }
}
