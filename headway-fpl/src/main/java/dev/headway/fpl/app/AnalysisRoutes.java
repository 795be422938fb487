package dev.headway.fpl.app;

import dev.headway.core.error.HeadwayException;
import dev.headway.core.port.Page;
import dev.headway.core.topic.Cursor;
import dev.headway.fpl.advice.Analysis;
import dev.headway.fpl.advice.AnalysisBody;
import dev.headway.fpl.advice.AnalysisListener;
import dev.headway.fpl.constraint.Constraints;
import dev.headway.fpl.store.AnalysisFilter;
import dev.headway.fpl.store.StoredAnalysis;
import dev.headway.server.http.Paging;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.work.WatchLinks;
import dev.headway.server.work.WorkRoutes;
import dev.headway.server.work.WorkState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes of analyses.
 *
 * @param work finds analyses
 * @param submissions takes new analyses
 * @param analysis has the players
 */
record AnalysisRoutes(
    WorkRoutes<StoredAnalysis> work, AnalysisSubmissions submissions, Analysis analysis) {
  private static final Paging PAGING = new Paging("analyses", "page_size", 20);

  /**
   * The body that asks again.
   *
   * @param constraints what the plan must obey instead; null for nothing
   * @param name of the new analysis; null for none
   */
  private record Replan(@Nullable Constraints constraints, @Nullable String name) {}

  /** The body that names an analysis; null takes the name away. */
  private record Name(@Nullable String name) {}

  Routes routes() {
    return new Routes()
        .on("createAnalysis", this::create)
        .on("listAnalyses", this::list)
        .on("getAnalysis", request -> work.show(request, this::whole))
        .on("cancelAnalysis", request -> work.cancel(request, AnalysisView::of))
        .on("deleteAnalysis", work::delete)
        .on("renameAnalysis", this::rename)
        .on("replanAnalysis", this::replan)
        .on("listPlayers", this::players);
  }

  private Response create(Request request) {
    return submitted(request, request.json(AnalysisBody.class));
  }

  private Response submitted(Request request, AnalysisBody body) {
    var asked = body.request(request.defects());
    var submitted = submissions.submit(request.principal(), body, asked.teamId());
    return work.created(
        request, submitted.analysis(), submitted.submission(), AnalysisRoutes::watchable);
  }

  /* The question of before with other constraints: what a planner asks at each change. */
  private Response replan(Request request) {
    var before = asked(work.steerable(request).item());
    var change = request.json(Replan.class);
    return submitted(request, before.replanned(change.constraints(), change.name()));
  }

  private Response rename(Request request) {
    var state = work.steerable(request);
    var renamed = state.item().named(request.json(Name.class).name());
    submissions.store().rename(renamed);
    return Response.ok(AnalysisView.of(new WorkState<>(renamed, state.job())));
  }

  private Response players(Request request) throws InterruptedException {
    var asked = asked(work.watchable(request).item()).request(List.of());
    var season = analysis.collect(asked, AnalysisListener.SILENT);
    return Response.ok(analysis.players(asked, season));
  }

  private AnalysisBody asked(StoredAnalysis analysis) {
    return submissions
        .store()
        .request(analysis.id())
        .map(json -> JsonCodec.read(json, AnalysisBody.class))
        .orElseThrow(() -> HeadwayException.notFound("Analysis"));
  }

  private Response list(Request request) {
    var page = PAGING.asked(request);
    var filter =
        new AnalysisFilter(
            request.query("team_id").map(Integer::valueOf).orElse(null),
            request.query("named").filter("true"::equals).isPresent());
    var visibility = work.items().visibility(request.principal());
    var stored = submissions.store().list(visibility, filter, page);
    // One that was deleted meanwhile has no job any more.
    var items =
        stored.items().stream()
            .flatMap(analysis -> work.items().state(analysis).stream())
            .map(AnalysisView::of)
            .toList();
    return PAGING.answer(new Page<>(items, stored.total(), stored.next()), page);
  }

  private static AnalysisView.Watchable watchable(
      WorkState<StoredAnalysis> state, Cursor cursor, WatchLinks watch) {
    return new AnalysisView.Watchable(AnalysisView.of(state), cursor.toString(), watch);
  }

  private AnalysisView.Whole whole(
      WorkState<StoredAnalysis> state, Cursor cursor, WatchLinks watch) {
    return AnalysisView.Whole.of(
        watchable(state, cursor, watch), asked(state.item()).withoutTable(), state.job());
  }
}
