package dev.headway.spc.app;

import dev.headway.core.engine.JobContext;
import dev.headway.core.error.Defect;
import dev.headway.core.job.Json;
import dev.headway.server.http.Problem;
import dev.headway.server.json.JsonCodec;
import dev.headway.spc.input.NewSample;
import dev.headway.spc.input.RefusedRow;
import dev.headway.spc.input.SampleRow;
import dev.headway.spc.live.Intake;
import dev.headway.spc.live.Intake.Acceptance;
import dev.headway.spc.store.ImportStore.Format;
import dev.headway.spc.store.ImportStore.Import;
import dev.headway.spc.store.ImportStore.Step;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * One attempt at an import: takes rows in by portions, each in one transaction with how far the
 * import has come. Used by one thread.
 */
final class ImportAttempt {
  /** Rows of a transaction. */
  private static final int PORTION = 500;

  /** What is wrong is kept of so many rejected rows' cells; the others are counted. */
  private static final int NAMED = 100;

  private final JobContext context;
  private final Intake intake;
  private final Format format;
  private final long total;
  private Step step;

  ImportAttempt(JobContext context, Intake intake, Import source, long total) {
    this.context = context;
    this.intake = intake;
    this.format = source.format();
    this.total = Math.max(1, total);
    this.step = source.step();
  }

  /**
   * Takes in the rows that have not been dealt with, and returns what became of all.
   *
   * @param ignoredColumns the columns that are left out, which the result names
   */
  Json over(Iterator<SampleRow> rows, List<String> ignoredColumns) {
    var good = new ArrayList<NewSample>(PORTION);
    var bad = new ArrayList<RefusedRow>();
    while (rows.hasNext()) {
      var row = rows.next();
      if (row.line() <= step.line()) {
        continue;
      }
      switch (row) {
        case NewSample sample -> good.add(sample);
        case RefusedRow problem -> bad.add(problem);
      }
      if (good.size() + bad.size() == PORTION) {
        take(good, bad, row.line());
        good.clear();
        bad.clear();
        context.checkpoint();
      }
    }
    take(good, bad, Math.max(step.line(), last(good, bad)));
    return result(ignoredColumns);
  }

  private static long last(List<NewSample> good, List<RefusedRow> bad) {
    var lastGood = good.isEmpty() ? 0 : good.getLast().line();
    return bad.isEmpty() ? lastGood : Math.max(lastGood, bad.getLast().line());
  }

  private void take(List<NewSample> good, List<RefusedRow> bad, long line) {
    var before = step;
    var after = new Step[1];
    intake.possible(
        List.copyOf(good),
        acceptance -> {
          after[0] = next(before, acceptance, bad, line);
          return after[0];
        });
    step = after[0];
    var done = step.imported() + step.rejected() + step.repeated();
    context.progress(
        Math.min(done, total), total, "%d of %d samples".formatted(done, Math.max(done, total)));
  }

  private Step next(Step before, Acceptance acceptance, List<RefusedRow> bad, long line) {
    var problems = new ArrayList<>(before.problems());
    for (var list : List.of(bad, acceptance.refused())) {
      for (var row : list) {
        row.defects().stream()
            .limit(NAMED - problems.size())
            .map(defect -> named(row.line(), defect))
            .forEach(problems::add);
      }
    }
    return new Step(
        before.job(),
        line,
        before.imported() + acceptance.samples().size(),
        before.rejected() + bad.size() + acceptance.refused().size(),
        before.repeated() + acceptance.repeated().size(),
        problems);
  }

  private Defect named(long line, Defect defect) {
    var field = defect.field();
    if (defect.row() != null || field == null || field.startsWith("samples[")) {
      return defect;
    }
    return switch (format) {
      case CSV -> Defect.ofCell(Math.clamp(line, 1, Integer.MAX_VALUE), field, defect.message());
      case JSON -> Defect.ofField(SampleRoutes.place(line) + field, defect.message());
    };
  }

  private record ImportResult(
      long imported, long rejected, long repeated, List<?> problems, List<String> ignoredColumns) {}

  private Json result(List<String> ignoredColumns) {
    return JsonCodec.json(
        new ImportResult(
            step.imported(),
            step.rejected(),
            step.repeated(),
            step.problems().stream().map(Problem::shown).toList(),
            ignoredColumns));
  }
}
