package dev.headway.server.stream;

import dev.headway.core.account.Access;
import dev.headway.core.account.Principal;
import dev.headway.core.engine.Jobs;
import dev.headway.core.topic.TopicName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The topics {@code job:{uuid}}. */
public final class JobTopics implements TopicKind {
  private final Jobs jobs;
  private final Access access;

  /** Jobs that {@code access} lets a client watch. */
  public JobTopics(Jobs jobs, Access access) {
    this.jobs = jobs;
    this.access = access;
  }

  @Override
  public String kind() {
    return "job";
  }

  @Override
  public Optional<Watchable> find(TopicName name, Principal who) {
    return uuid(name.id())
        .flatMap(jobs::find)
        .filter(job -> access.mayWatch(who, job.spec().owner(), Set.of(name.toString())))
        .map(job ->
            new Watchable(
                jobs.queues().placed(jobs.topic(job.id())), new JobDialect(name, false, Map.of())));
  }

  /** Reads a UUID; empty when the text is none. */
  public static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equals(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
