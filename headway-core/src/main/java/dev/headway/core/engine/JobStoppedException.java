package dev.headway.core.engine;

import dev.headway.core.job.Json;
import org.jspecify.annotations.Nullable;

/**
 * The end of work that was asked to stop, or whose lease was lost. Handlers let it pass, or throw
 * it with a partial result when one was asked for.
 */
public final class JobStoppedException extends RuntimeException {
  private final transient @Nullable Json partial;

  /** The work has stopped and leaves nothing. */
  public JobStoppedException() {
    this(null);
  }

  /** The work has stopped and leaves what it had. */
  public JobStoppedException(@Nullable Json partial) {
    super("The work was asked to stop", null, false, false);
    this.partial = partial;
  }

  /** The partial result; null for none. */
  public @Nullable Json partial() {
    return partial;
  }
}
