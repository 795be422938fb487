package dev.headway.spc.app;

import dev.headway.core.engine.JobContext;
import dev.headway.core.error.Defect;
import dev.headway.core.job.Json;
import dev.headway.server.http.JsonCodec;
import dev.headway.server.http.Problem;
import dev.headway.spc.input.ImportRow;
import dev.headway.spc.live.Intake;
import dev.headway.spc.live.Intake.Screened;
import dev.headway.spc.store.ImportStore.Format;
import dev.headway.spc.store.ImportStore.Import;
import dev.headway.spc.store.ImportStore.Step;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * One attempt at an import: takes rows in by portions, each in one transaction with how far the
 * import has come. Used by one thread.
 */
final class ImportRun {
  /** Rows of a transaction. */
  private static final int PORTION = 500;

  /** What is wrong is kept of so many rejected rows' cells; the others are counted. */
  private static final int NAMED = 100;

  private final JobContext context;
  private final Intake intake;
  private final Format format;
  private final long total;
  private Step step;

  ImportRun(JobContext context, Intake intake, Import source, long total) {
    this.context = context;
    this.intake = intake;
    this.format = source.format();
    this.total = Math.max(1, total);
    this.step = source.step();
  }

  /** Takes in the rows that have not been dealt with, and returns what became of all. */
  Json over(Iterator<ImportRow> rows) {
    var good = new ArrayList<ImportRow.Good>(PORTION);
    var bad = new ArrayList<ImportRow.Bad>();
    while (rows.hasNext()) {
      var row = rows.next();
      if (row.line() <= step.line()) {
        continue;
      }
      switch (row) {
        case ImportRow.Good sample -> good.add(sample);
        case ImportRow.Bad problem -> bad.add(problem);
      }
      if (good.size() + bad.size() == PORTION) {
        take(good, bad, row.line());
        good.clear();
        bad.clear();
        context.checkpoint();
      }
    }
    take(good, bad, Math.max(step.line(), last(good, bad)));
    return result();
  }

  private static long last(List<ImportRow.Good> good, List<ImportRow.Bad> bad) {
    var lastGood = good.isEmpty() ? 0 : good.getLast().line();
    return bad.isEmpty() ? lastGood : Math.max(lastGood, bad.getLast().line());
  }

  private void take(List<ImportRow.Good> good, List<ImportRow.Bad> bad, long line) {
    var before = step;
    var after = new Step[1];
    intake.possible(
        List.copyOf(good),
        screened -> {
          after[0] = next(before, screened, bad, line);
          return after[0];
        });
    step = after[0];
    var done = step.imported() + step.rejected();
    context.progress(
        Math.min(done, total), total, "%d of %d samples".formatted(done, Math.max(done, total)));
  }

  private Step next(Step before, Screened screened, List<ImportRow.Bad> bad, long line) {
    var problems = new ArrayList<>(before.problems());
    for (var list : List.of(bad, screened.rejected())) {
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
        before.imported() + screened.samples().size(),
        before.rejected() + bad.size() + screened.rejected().size(),
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

  private Json result() {
    var result = new LinkedHashMap<String, Object>();
    result.put("imported", step.imported());
    result.put("rejected", step.rejected());
    result.put("problems", step.problems().stream().map(Problem::shown).toList());
    return JsonCodec.json(result);
  }
}
