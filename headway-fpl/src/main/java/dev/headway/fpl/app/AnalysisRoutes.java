package dev.headway.fpl.app;

import dev.headway.core.job.Job;
import dev.headway.core.job.Json;
import dev.headway.fpl.advice.AnalysisRequestReader;
import dev.headway.server.http.Etag;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import java.util.LinkedHashMap;

/**
 * The routes of analyses.
 *
 * @param analyses has them
 */
record AnalysisRoutes(Analyses analyses) {
  private static final int PAGE_SIZE = 20;

  Routes routes() {
    return new Routes()
        .on("createAnalysis", this::create)
        .on("listAnalyses", this::list)
        .on("getAnalysis", this::show)
        .on("cancelAnalysis", this::cancel)
        .on("deleteAnalysis", this::delete);
  }

  private Response create(Request request) {
    var asked = AnalysisRequestReader.read(request.json());
    var json = new Json(request.json().toString());
    var submitted = analyses.submit(request.principal(), asked.teamId(), json);
    var submission = submitted.submission();
    var found = new Found(submitted.analysis(), submission.job());
    var cursor = submission.cursor().toString();
    return Response.json(202, AnalysisView.following(found, cursor, request.caller().baseUrl()))
        .with("Location", "/api/v1/analyze/" + found.job().id());
  }

  private Response list(Request request) {
    var page = request.page("page_size", PAGE_SIZE);
    var found = analyses.list(request.principal(), page);
    var answer = new LinkedHashMap<String, Object>();
    answer.put("analyses", found.items().stream().map(AnalysisView::of).toList());
    answer.put("total", found.total());
    answer.put("page", page.page());
    answer.put("page_size", page.size());
    return Response.ok(answer);
  }

  private Response show(Request request) {
    var found =
        analyses
            .watchable(request.pathUuid("analysis_id"), request.principal())
            .orElseThrow(Analyses::notFound);
    var snapshot = analyses.jobs().topic(found.job().id()).snapshot();
    var present = snapshot.state() instanceof Job job ? new Found(found.analysis(), job) : found;
    var cursor = snapshot.cursor().toString();
    var view = AnalysisView.whole(present, cursor, request.caller().baseUrl());
    return Etag.conditional(request, Etag.of(cursor), Response.ok(view));
  }

  private Response cancel(Request request) {
    return Response.json(202, AnalysisView.of(analyses.cancel(steerable(request))));
  }

  private Response delete(Request request) {
    analyses.delete(steerable(request));
    return Response.noContent();
  }

  private Found steerable(Request request) {
    return analyses
        .steerable(request.pathUuid("analysis_id"), request.principal())
        .orElseThrow(Analyses::notFound);
  }
}
