package dev.headway.fpl.app;

import dev.headway.core.job.Job;
import dev.headway.core.job.Json;
import dev.headway.core.job.Outcome;
import dev.headway.core.job.Outcome.JobError;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Analyses as REST shows them, as maps in the order of their keys. */
final class AnalysisView {
  private AnalysisView() {}

  /** An analysis as lists show it: where it stands. */
  static Map<String, @Nullable Object> of(Found found) {
    var job = found.job();
    var view = new LinkedHashMap<String, @Nullable Object>();
    view.put("analysis_id", job.id().toString());
    view.put("job_id", job.id().toString());
    view.put("team_id", found.analysis().teamId());
    view.put("status", Wording.status(job.status()));
    view.put("progress", Wording.percent(job.progress()));
    view.put("phase", Wording.phase(job));
    view.put("message", job.progress().message());
    view.put("created_at", job.times().created());
    view.put("started_at", job.times().started());
    view.put("completed_at", job.times().completed());
    error(job, view);
    return view;
  }

  private static void error(Job job, Map<String, @Nullable Object> view) {
    JobError error = job.outcome() instanceof Outcome.Failed(var why) ? why : null;
    view.put("error", error == null ? null : error.message());
    if (error != null) {
      view.put("error_code", error.code().name());
      view.put("error_details", error.details());
    }
  }

  /** An analysis that can be followed from a place in its log. */
  static Map<String, @Nullable Object> following(Found found, String cursor, String baseUrl) {
    var view = of(found);
    var topic = found.analysis().topic();
    var sockets = baseUrl.replaceFirst("^http", "ws");
    view.put("cursor", cursor);
    var watch = new LinkedHashMap<String, Object>();
    watch.put("websocket", "%s/api/v1/analyze/%s/stream".formatted(sockets, topic.id()));
    watch.put("stream", topic.toString());
    watch.put("events", "%s/api/v1/topics/%s/events".formatted(baseUrl, topic));
    view.put("watch", watch);
    return view;
  }

  /** The same with the decision, null before there is one. */
  static Map<String, @Nullable Object> whole(Found found, String cursor, String baseUrl) {
    var view = following(found, cursor, baseUrl);
    Json results = found.job().outcome() instanceof Outcome.Completed(var made) ? made : null;
    view.put("results", results);
    return view;
  }
}
