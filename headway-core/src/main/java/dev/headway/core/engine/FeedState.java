package dev.headway.core.engine;

import dev.headway.core.job.Job;
import dev.headway.core.topic.TopicState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a user's feed shows: the jobs that run first, then the newest.
 *
 * @param jobs at most {@value #SIZE}
 */
public record FeedState(List<Job> jobs) implements TopicState {
  /** How many jobs a feed shows. */
  public static final int SIZE = 100;

  private static final Comparator<Job> ORDER =
      Comparator.comparing(Job::terminal)
          .thenComparing(Comparator.comparing((Job job) -> job.times().created()).reversed());

  /** Takes a copy in order. */
  public FeedState {
    jobs = jobs.stream().sorted(ORDER).limit(SIZE).toList();
  }

  /** The same feed with a job as it is now. */
  public FeedState with(Job job) {
    var next = new ArrayList<>(jobs);
    next.removeIf(other -> other.id().equals(job.id()));
    next.add(job);
    return new FeedState(next);
  }

  @Override
  public boolean ended() {
    return false;
  }
}
