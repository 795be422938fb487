package dev.headway.bench.output;

import dev.headway.bench.workload.Findings.Figure;
import dev.headway.bench.workload.Findings.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** All rounds of a workload brought together: a line for each case and server. */
public final class Summary {
  private final SequencedSet<String> columns = new LinkedHashSet<>();
  private final SequencedMap<List<String>, Map<String, List<Double>>> lines = new LinkedHashMap<>();

  private Summary() {}

  /** Of the runs of one workload: one for all cases that have the same figures. */
  public static List<Summary> of(List<RecordedRun> runs) {
    var summaries = new LinkedHashMap<List<String>, Summary>();
    for (var run : runs) {
      for (var row : run.report().rows()) {
        var columns = row.figures().stream().map(Summary::column).toList();
        summaries.computeIfAbsent(columns, _ -> new Summary()).add(run, row);
      }
    }
    return List.copyOf(summaries.values());
  }

  private static String column(Figure figure) {
    return figure.name() + (figure.unit().isEmpty() ? "" : ", " + figure.unit());
  }

  private void add(RecordedRun run, Row row) {
    for (var figure : row.figures()) {
      columns.add(column(figure));
      lines
          .computeIfAbsent(List.of(row.label(), run.server()), _ -> new LinkedHashMap<>())
          .computeIfAbsent(column(figure), _ -> new ArrayList<>())
          .add(figure.value());
    }
  }

  /** The headings, and then the cells of each line. */
  List<List<String>> table() {
    var table = new ArrayList<List<String>>();
    var headings = new ArrayList<>(List.of("case", "server"));
    headings.addAll(columns);
    table.add(headings);
    // The servers of a case stand together, in the order in which they came first.
    lines.keySet().stream()
        .map(List::getFirst)
        .distinct()
        .forEach(label ->
            lines.forEach((line, figures) -> {
              if (line.getFirst().equals(label)) {
                table.add(cells(line, figures));
              }
            }));
    return table;
  }

  private List<String> cells(List<String> line, Map<String, List<Double>> figures) {
    var cells = new ArrayList<>(line);
    for (var column : columns) {
      var values = figures.get(column);
      cells.add(values == null ? "" : Spread.of(values).text());
    }
    return cells;
  }
}
