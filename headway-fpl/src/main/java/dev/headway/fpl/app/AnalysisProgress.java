package dev.headway.fpl.app;

import dev.headway.core.engine.JobContext;
import dev.headway.core.job.ProgressReport;
import dev.headway.fpl.advice.AnalysisListener;
import dev.headway.fpl.advice.Phase;
import dev.headway.server.json.JsonCodec;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Reports the progress of an analysis to its job.
 *
 * @param context the job's
 */
record AnalysisProgress(JobContext context) implements AnalysisListener {
  @Override
  public void phase(Phase phase, String message) {
    context.step(phase.key(), message);
  }

  @Override
  public void fraction(double fraction, String message) {
    context.fraction(fraction, message);
  }

  @Override
  public void partial(JsonNode part) {
    var known = JsonCodec.json(Map.of("captaincy", part));
    context.report(new ProgressReport(null, null, null, null, null, known));
  }

  @Override
  public boolean stopRequested() {
    return context.stopRequested();
  }
}
