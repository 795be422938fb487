package dev.headway.filling.exact;

import dev.headway.filling.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lines that are alike: their window and what each lot takes on them are the same.
 *
 * @param lines their numbers
 */
record LineKind(List<Integer> lines) {
  /** Takes a copy. */
  LineKind {
    lines = List.copyOf(lines);
  }

  /** The lines of a problem by kind. */
  static List<LineKind> of(Problem problem) {
    var alike = new LinkedHashMap<Object, List<Integer>>();
    for (var line = 0; line < problem.lineCount(); line++) {
      alike.computeIfAbsent(kind(problem, line), _ -> new ArrayList<>()).add(line);
    }
    return alike.values().stream().map(LineKind::new).toList();
  }

  /** The properties by which lines are alike. */
  static Object kind(Problem problem, int line) {
    var fills = IntStream.range(0, problem.lotCount()).mapToObj(lot -> problem.fill(line, lot));
    return List.of(problem.window(line), fills.toList());
  }

  /** The first of them. */
  int first() {
    return lines.getFirst();
  }
}
