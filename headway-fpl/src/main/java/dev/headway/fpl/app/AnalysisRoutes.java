package dev.headway.fpl.app;

import dev.headway.core.port.Page;
import dev.headway.core.topic.Cursor;
import dev.headway.fpl.advice.AnalysisBody;
import dev.headway.fpl.store.StoredAnalysis;
import dev.headway.server.http.Paging;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.work.WatchLinks;
import dev.headway.server.work.WorkRoutes;
import dev.headway.server.work.WorkState;

/**
 * The routes of analyses.
 *
 * @param work finds analyses
 * @param submissions takes new analyses
 */
record AnalysisRoutes(WorkRoutes<StoredAnalysis> work, AnalysisSubmissions submissions) {
  private static final Paging PAGING = new Paging("analyses", "page_size", 20);

  Routes routes() {
    return new Routes()
        .on("createAnalysis", this::create)
        .on("listAnalyses", this::list)
        .on("getAnalysis", request -> work.show(request, AnalysisRoutes::whole))
        .on("cancelAnalysis", request -> work.cancel(request, AnalysisView::of))
        .on("deleteAnalysis", work::delete);
  }

  private Response create(Request request) {
    var body = request.json(AnalysisBody.class);
    var asked = body.request(request.defects());
    var kept = JsonCodec.json(body);
    var submitted = submissions.submit(request.principal(), asked.teamId(), kept);
    return work.created(
        request, submitted.analysis(), submitted.submission(), AnalysisRoutes::watchable);
  }

  private Response list(Request request) {
    var page = PAGING.asked(request);
    var visibility = work.items().visibility(request.principal());
    var stored = submissions.store().list(visibility, page);
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

  private static AnalysisView.Whole whole(
      WorkState<StoredAnalysis> state, Cursor cursor, WatchLinks watch) {
    return AnalysisView.Whole.of(watchable(state, cursor, watch), state.job());
  }
}
