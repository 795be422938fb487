package dev.headway.fpl.app;

import dev.headway.core.account.Principal;
import dev.headway.core.engine.Jobs;
import dev.headway.core.engine.Submission;
import dev.headway.core.job.JobSpec;
import dev.headway.fpl.advice.AnalysisBody;
import dev.headway.fpl.store.AnalysisStore;
import dev.headway.fpl.store.StoredAnalysis;
import dev.headway.server.json.JsonCodec;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Stores new analyses and submits their jobs.
 *
 * @param clock says when they were asked for
 */
record AnalysisSubmissions(AnalysisStore store, Jobs jobs, InstantSource clock) {
  /** A new analysis and its job, with the cursor from which both can be followed. */
  record Submitted(StoredAnalysis analysis, Submission submission) {}

  /** The payload of an analysis' job. */
  private record Payload(UUID analysisId, int teamId) {}

  /** Keeps a sound request and submits its job. */
  Submitted submit(Principal who, AnalysisBody body, int teamId) {
    var analysis = new StoredAnalysis(jobs.nextId(), who.userId(), teamId, body.name());
    store.add(analysis, JsonCodec.json(body), clock.instant());
    var payload = JsonCodec.json(new Payload(analysis.id(), teamId));
    var spec =
        JobSpec.of(AnalysisWork.JOB_TYPE, payload, analysis.owner())
            .withMaxAttempts(AnalysisWork.MAX_ATTEMPTS);
    var submission = jobs.submit(analysis.id(), spec, AnalysisWork.PLAN.names());
    store.link(analysis.id());
    return new Submitted(analysis, submission);
  }
}
