package dev.headway.spring;

import dev.headway.client.HeadwayClient;
import dev.headway.client.job.JobRequest;
import dev.headway.client.work.TrackedJob;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of all jobs of an application: each has the application's tags, and is observed as
 * {@code headway.job} with its {@code type} and {@code outcome}. Thread-safe.
 */
public final class JobTracker {
  /** The name of the observation, and so of the meters {@code headway.job} and {@code …active}. */
  public static final String OBSERVATION = "headway.job";

  private final HeadwayClient client;
  private final List<String> tags;
  private final ObservationRegistry observations;

  /**
   * Begins jobs through a client.
   *
   * @param tags tags of every job
   * @param observations whose handlers measure the jobs
   */
  public JobTracker(HeadwayClient client, List<String> tags, ObservationRegistry observations) {
    this.client = client;
    this.tags = List.copyOf(tags);
    this.observations = observations;
  }

  /**
   * Begins a job. Returns at once.
   *
   * @param total how much is to be done; 0 when that is not known
   * @param parent the job that it belongs to
   */
  public ObservedJob begin(JobRequest request, long total, @Nullable TrackedJob parent) {
    var observation =
        Observation.createNotStarted(OBSERVATION, observations)
            .contextualName(request.type())
            .lowCardinalityKeyValue("type", request.type())
            .start();
    return new ObservedJob(client.track(request.moreTags(tags), total, parent), observation);
  }
}
