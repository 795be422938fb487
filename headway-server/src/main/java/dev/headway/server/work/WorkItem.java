package dev.headway.server.work;

import dev.headway.core.topic.TopicName;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A resource whose work is done by one job, for example a schedule. Immutable. */
public interface WorkItem {
  /** The job. */
  UUID job();

  /** The owner's user id; null for anonymous work. */
  @Nullable Long owner();

  /** The topic, whose id is the resource's in paths, too. */
  TopicName topic();

  /** A text that changes with the resource itself, beside its job; empty for what never does. */
  default String version() {
    return "";
  }

  /** Every topic name that the resource goes by: its own and its job's. */
  default Set<String> topics() {
    return Set.of(topic().toString(), TopicName.ofJob(job()).toString());
  }
}
