package dev.headway.bench.output;

import dev.headway.bench.output.Chart.Point;
import dev.headway.bench.output.Chart.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/** Pictures of rows whose labels are a name and a number: a chart for each name. */
public final class Charts {
  private Charts() {}

  /** Writes an SVG file for each curve among the runs; the median of several rounds is drawn. */
  public static void write(Path folder, List<RecordedRun> runs) throws IOException {
    Files.createDirectories(folder);
    for (var chart : of(runs)) {
      var name = chart.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
      Files.writeString(folder.resolve("curve-" + name + ".svg"), chart.svg());
    }
  }

  static List<Chart> of(List<RecordedRun> runs) {
    SequencedMap<String, SequencedMap<String, SequencedMap<Double, List<Double>>>> curves =
        new LinkedHashMap<>();
    var units = new HashMap<String, String>();
    for (var run : runs) {
      for (var row : run.report().rows()) {
        var colon = row.label().lastIndexOf(": ");
        if (colon > 0) {
          var curve = row.label().substring(0, colon);
          var x = Double.parseDouble(row.label().substring(colon + 2));
          for (var figure : row.figures()) {
            units.put(curve, figure.unit());
            curves
                .computeIfAbsent(curve, _ -> new LinkedHashMap<>())
                .computeIfAbsent(figure.name(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(x, _ -> new ArrayList<>())
                .add(figure.value());
          }
        }
      }
    }
    var charts = new ArrayList<Chart>();
    curves.forEach((curve, figures) ->
        charts.add(new Chart(curve, units.getOrDefault(curve, ""), lines(figures))));
    return charts;
  }

  private static List<Series> lines(
      SequencedMap<String, SequencedMap<Double, List<Double>>> figures) {
    var lines = new ArrayList<Series>();
    figures.forEach((name, values) -> {
      var points = new ArrayList<Point>();
      values.forEach((x, all) -> points.add(new Point(x, Math.max(1e-4, Spread.of(all).median()))));
      lines.add(new Series(name, points));
    });
    return lines;
  }
}
