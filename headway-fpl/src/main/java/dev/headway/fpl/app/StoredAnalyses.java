package dev.headway.fpl.app;

import dev.headway.fpl.store.AnalysisStore;
import dev.headway.fpl.store.StoredAnalysis;
import dev.headway.server.stream.JobTopics;
import dev.headway.server.work.WorkKind;
import java.util.Map;
import java.util.Optional;

/** The analyses of the database. */
record StoredAnalyses(AnalysisStore store) implements WorkKind<StoredAnalysis> {
  @Override
  public String name() {
    return StoredAnalysis.TOPIC_KIND;
  }

  @Override
  public Optional<StoredAnalysis> find(String id) {
    return JobTopics.uuid(id).flatMap(store::find);
  }

  @Override
  public Map<String, Object> ids(StoredAnalysis analysis) {
    return Map.of("analysis_id", analysis.id().toString());
  }

  @Override
  public String socketPath() {
    return "/api/v1/analyze/{analysis_id}/stream";
  }

  @Override
  public String location(StoredAnalysis analysis) {
    return location(analysis.id().toString());
  }

  /** The path of an analysis on the REST interface. */
  static String location(String id) {
    return "/api/v1/analyze/" + id;
  }
}
