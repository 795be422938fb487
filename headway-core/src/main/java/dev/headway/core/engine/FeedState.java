package dev.headway.core.engine;

import dev.headway.core.job.Job;
import dev.headway.core.port.JobStore.Mark;
import dev.headway.core.topic.TopicState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The state of a user's feed: running jobs first, then the newest.
 *
 * @param jobs at most {@value #SIZE}
 */
public record FeedState(List<Job> jobs) implements TopicState {
  /** The number of jobs in a feed. */
  public static final int SIZE = 100;

  private static final Comparator<Job> ORDER =
      Comparator.comparing(Job::ended)
          .thenComparing(Comparator.comparing((Job job) -> job.times().created()).reversed());

  /** Takes a copy in order. */
  public FeedState {
    jobs = jobs.stream().sorted(ORDER).limit(SIZE).toList();
  }

  /** The same feed with a job as it is now. */
  public FeedState with(Job job) {
    var next = new ArrayList<>(jobs);
    var place = place(job.id());
    if (place < 0) {
      next.add(job);
    } else {
      next.set(place, job); // mostly its place is right, and sorting what is sorted costs little
    }
    return new FeedState(next);
  }

  /** The same feed without a job. */
  public FeedState without(UUID id) {
    return new FeedState(jobs.stream().filter(job -> !job.id().equals(id)).toList());
  }

  /** A job as it is shown; empty when it is not. */
  Optional<Job> job(UUID id) {
    var place = place(id);
    return place < 0 ? Optional.empty() : Optional.of(jobs.get(place));
  }

  /** Whether the job is among those shown. */
  boolean shows(UUID id) {
    return place(id) >= 0;
  }

  private int place(UUID id) {
    for (var at = 0; at < jobs.size(); at++) {
      if (jobs.get(at).id().equals(id)) {
        return at;
      }
    }
    return -1;
  }

  @Override
  public FeedState shownAt(Instant now) {
    return new FeedState(jobs.stream().map(job -> job.shownAt(now)).toList());
  }

  /** Whether the job is newer than what this feed shows of it, or not shown at all. */
  boolean lacks(Job job) {
    return job(job.id())
        .map(known -> Mark.of(job).newerThan(known))
        .orElse(jobs.size() < SIZE || !job.ended());
  }

  @Override
  public boolean ended() {
    return false;
  }
}
