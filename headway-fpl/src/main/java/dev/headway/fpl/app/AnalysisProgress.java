package dev.headway.fpl.app;

import dev.headway.core.engine.JobContext;
import dev.headway.core.job.ProgressReport;
import dev.headway.fpl.advice.AnalysisListener;
import dev.headway.fpl.advice.Phase;
import dev.headway.server.json.JsonCodec;
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
  public void partial(JsonNode known) {
    var json = JsonCodec.json(known);
    // Ids of an uploaded season may have any length; what does not fit is left to the end.
    if (json.text().length() <= ProgressReport.MAX_METADATA) {
      context.report(new ProgressReport(null, null, null, null, null, json));
    }
  }

  @Override
  public boolean stopRequested() {
    return context.stopRequested();
  }
}
