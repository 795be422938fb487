package dev.headway.server.jobs;

import dev.headway.core.account.Access;
import dev.headway.core.account.Principal;
import dev.headway.core.engine.Jobs;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Job;
import dev.headway.core.topic.TopicName;
import dev.headway.server.http.Request;
import java.util.Set;
import java.util.UUID;

/**
 * The job that a request's path names, for whoever may watch it, steer it or work on it. To all
 * others it is not there. Thread-safe; may block.
 *
 * @param jobs all jobs
 * @param access who may do what
 */
record JobAccess(Jobs jobs, Access access) {
  /**
   * The job, if the caller may watch it.
   *
   * @throws HeadwayException NOT_FOUND
   */
  Job watchable(Request request) {
    return jobs.find(request.pathUuid("id"))
        .filter(job -> mayWatch(request, job))
        .orElseThrow(() -> HeadwayException.notFound("Job"));
  }

  /** Whether the caller may watch a job. */
  boolean mayWatch(Request request, Job job) {
    return access.mayWatch(
        request.principal(), job.spec().owner(), Set.of(TopicName.ofJob(job.id()).toString()));
  }

  /**
   * The job, if the caller may cancel, retry and delete it.
   *
   * @throws HeadwayException NOT_FOUND
   */
  Job steerable(Request request) {
    return jobs.find(request.pathUuid("id"))
        .filter(job -> access.maySteer(request.principal(), job.spec().owner()))
        .orElseThrow(() -> HeadwayException.notFound("Job"));
  }

  /**
   * The id of the job, if the caller may work on it: a worker on any job, everybody else on their
   * own. The lease is to be checked besides.
   *
   * @throws HeadwayException NOT_FOUND
   */
  UUID workable(Request request) {
    var id = request.pathUuid("id");
    requireWorkable(id, request.principal());
    return id;
  }

  /**
   * Refuses whoever may not work on a job.
   *
   * @throws HeadwayException NOT_FOUND
   */
  void requireWorkable(UUID id, Principal who) {
    if (!access.mayWork(who) && !access.maySteer(who, jobs.owner(id))) {
      throw HeadwayException.notFound("Job");
    }
  }
}
