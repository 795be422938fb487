package dev.headway.fpl.app;

import dev.headway.core.account.Principal;
import dev.headway.core.topic.TopicName;
import dev.headway.fpl.store.StoredAnalysis;
import dev.headway.server.stream.JobDialect;
import dev.headway.server.stream.JobTopics;
import dev.headway.server.stream.TopicKind;
import java.util.Map;
import java.util.Optional;

/**
 * The topics {@code analysis:{id}}: second names of their jobs' topics.
 *
 * @param analyses finds them
 */
record AnalysisTopics(Analyses analyses) implements TopicKind {
  @Override
  public String kind() {
    return StoredAnalysis.TOPIC_KIND;
  }

  @Override
  public Optional<Watchable> find(TopicName name, Principal who) {
    return JobTopics.uuid(name.id())
        .flatMap(id -> analyses.watchable(id, who))
        .map(found ->
            new Watchable(
                analyses.jobs().topic(found.job().id()),
                new JobDialect(name, false, Map.of("analysis_id", found.job().id().toString()))));
  }
}
