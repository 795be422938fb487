package dev.headway.core.engine;

import dev.headway.core.job.JobEvent;
import dev.headway.core.topic.EventBody;
import org.jspecify.annotations.Nullable;

/**
 * A job's event in a user's feed. Progress of one job never replaces another's.
 *
 * @param event what happened
 */
public record FeedEvent(JobEvent event) implements EventBody {
  @Override
  public String type() {
    return event.type();
  }

  @Override
  public @Nullable String conflationKey() {
    return event.conflationKey() == null ? null : event.job().id().toString();
  }

  @Override
  public boolean ended() {
    return false;
  }
}
