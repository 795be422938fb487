package dev.headway.server.jobs;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headway.core.engine.Jobs;
import dev.headway.core.job.Job;
import dev.headway.core.job.Json;
import dev.headway.server.stream.JobJson;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job in the hands of the worker that has claimed it.
 *
 * @param checkpoint what an earlier attempt has left; null when there is none
 */
record Claimed(
    JobJson.View job,
    String lease,
    Instant leaseExpiresAt,
    @JsonInclude(NON_NULL) @Nullable Json checkpoint) {
  static Claimed of(Job job, Jobs jobs) {
    var lease = Objects.requireNonNull(job.lease());
    var left = job.attempt() == 1 ? null : jobs.checkpoint(job.id()).orElse(null);
    return new Claimed(
        JobJson.View.of(job), lease.token(), lease.expiresAt(), left == null ? null : left.state());
  }
}
