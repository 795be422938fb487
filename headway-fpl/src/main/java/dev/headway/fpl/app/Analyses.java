package dev.headway.fpl.app;

import dev.headway.core.account.Access;
import dev.headway.core.account.Principal;
import dev.headway.core.engine.Jobs;
import dev.headway.core.engine.Submission;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Command;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Json;
import dev.headway.core.port.JobStore.Visibility;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import dev.headway.fpl.store.AnalysisStore;
import dev.headway.fpl.store.StoredAnalysis;
import dev.headway.server.http.JsonCodec;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Analyses for those who may see or steer them; to everybody else they do not exist. Thread-safe;
 * blocks.
 */
final class Analyses {
  /** What decides about analyses. */
  record Desk(Jobs jobs, Access access, InstantSource clock) {}

  /** A new analysis, its job and the place from which to follow it. */
  record Submitted(StoredAnalysis analysis, Submission submission) {}

  private final AnalysisStore store;
  private final Desk desk;

  Analyses(AnalysisStore store, Desk desk) {
    this.store = store;
    this.desk = desk;
  }

  Jobs jobs() {
    return desk.jobs();
  }

  /** Keeps a sound request and submits its job. */
  Submitted submit(Principal who, int teamId, Json request) {
    var analysis = new StoredAnalysis(desk.jobs().nextId(), who.userId(), teamId);
    store.add(analysis, request, desk.clock().instant());
    var payload = JsonCodec.json(Map.of("analysis_id", analysis.id(), "team_id", teamId));
    var spec =
        JobSpec.of(AnalysisWork.JOB_TYPE, payload, analysis.owner())
            .withMaxAttempts(AnalysisWork.MAX_ATTEMPTS);
    var submission = desk.jobs().submit(analysis.id(), spec, AnalysisWork.PLAN.names());
    store.link(analysis.id());
    return new Submitted(analysis, submission);
  }

  /** An analysis that somebody may watch. */
  Optional<Found> watchable(UUID id, Principal who) {
    return found(id)
        .filter(found ->
            desk.access().mayWatch(who, found.analysis().owner(), found.analysis().topics()));
  }

  /** An analysis that somebody may cancel and delete. */
  Optional<Found> steerable(UUID id, Principal who) {
    return found(id).filter(found -> maySteer(found.analysis(), who));
  }

  boolean maySteer(StoredAnalysis analysis, Principal who) {
    return desk.access().maySteer(who, analysis.owner());
  }

  private Optional<Found> found(UUID id) {
    return store.find(id).flatMap(this::withJob);
  }

  private Optional<Found> withJob(StoredAnalysis analysis) {
    return desk.jobs().find(analysis.id()).map(job -> new Found(analysis, job));
  }

  /** A page of all that somebody may see, newest first. */
  Page<Found> list(Principal who, PageRequest page) {
    var visibility =
        who.admin() ? null : new Visibility(who.userId(), desk.access().anonymousServed());
    var stored = store.list(visibility, page);
    // One that was deleted meanwhile has no job any more.
    var items = stored.items().stream().flatMap(analysis -> withJob(analysis).stream()).toList();
    return new Page<>(items, stored.total());
  }

  /**
   * Asks an analysis to stop.
   *
   * @throws HeadwayException TOO_LATE when it has ended
   */
  Found cancel(Found found) {
    var command = new Command.RequestCancel(false);
    return new Found(found.analysis(), desk.jobs().apply(found.job().id(), command));
  }

  /**
   * Removes an analysis and closes its watchers.
   *
   * @throws HeadwayException CONFLICT when it has not ended
   */
  void delete(Found found) {
    desk.jobs().delete(found.job().id());
  }

  /** What somebody is told who may not know whether there is such a thing. */
  static HeadwayException notFound() {
    return HeadwayException.notFound("Analysis");
  }
}
