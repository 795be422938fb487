package dev.headway.server.jobs;

import dev.headway.core.engine.JobType;
import dev.headway.core.engine.Jobs;
import dev.headway.core.engine.NewJob;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Attempts;
import dev.headway.core.job.Job;
import dev.headway.core.job.Plan;
import dev.headway.server.http.contract.Excerpt;
import dev.headway.server.jobs.JobRequests.Submission;
import dev.headway.server.webhook.CallbackPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one request, read from its submissions: first everything that is wrong with any of
 * them and that no schema can know, then the jobs. For one thread; may block.
 */
final class SubmissionReader {
  /** The name of a worker that is the job's submitter. */
  static final String SUBMITTER = "submitter";

  /** The longest that a job can be planned ahead; what lies beyond is taken for a mistake. */
  private static final Duration HORIZON = Duration.ofDays(3_653);

  /**
   * The rules that jobs are checked against.
   *
   * @param open job types of the server's own
   * @param owned types of applications, which start them through routes of their own
   */
  record Rules(
      Jobs jobs,
      Map<String, JobType> open,
      Set<String> owned,
      CallbackPolicy callbacks,
      InstantSource clock) {}

  private record Entry(Submission body, @Nullable String key) {}

  private final Rules rules;
  private final @Nullable Long owner;
  private final @Nullable String traceparent;
  private final Instant now;
  private final List<Defect> defects;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<UUID, Optional<Job>> parents = new HashMap<>();

  /**
   * @param owner of the jobs; null for anonymous work
   * @param traceparent the span of the request; null for none
   * @param found what the schema has against the request
   */
  SubmissionReader(
      Rules rules, @Nullable Long owner, @Nullable String traceparent, List<Defect> found) {
    this.rules = rules;
    this.owner = owner;
    this.traceparent = traceparent;
    this.now = rules.clock().instant();
    this.defects = new ArrayList<>(found);
  }

  /**
   * Checks a submission.
   *
   * @param place what comes before its members in the names of fields, for example {@code jobs[2].}
   * @param header its idempotency key by the request's header; null for none
   */
  void add(String place, Submission body, @Nullable String header) {
    var key = body.idempotencyKey();
    entries.add(new Entry(body, key == null ? header : key));
    check(place, body);
  }

  private void check(String place, Submission body) {
    var type = body.jobType();
    if (type != null && !body.isExternal() && !rules.open().containsKey(type)) {
      defect(place + "job_type", unknown(type));
    }
    if (body.callbackUrl() != null) {
      rules
          .callbacks()
          .defect(body.callbackUrl())
          .ifPresent(defect -> defect(place + "callback_url", defect.message()));
    }
    if (body.parentId() != null && parent(body.parentId()).isEmpty()) {
      defect(place + "parent_id", "There is no job %s of yours".formatted(body.parentId()));
    }
    checkSteps(place, body);
    checkStart(place, body);
    checkMoment(place, body.runAt());
  }

  private void checkSteps(String place, Submission body) {
    if (body.steps() != null && !body.steps().isEmpty()) {
      JobRequests.Step.defects(body.steps())
          .forEach(defect -> defect(place + "steps", defect.message()));
    }
  }

  private void checkStart(String place, Submission body) {
    if (!body.isStarted()) {
      if (body.leaseSeconds() != null) {
        defect(
            place + "lease_seconds",
            "lease_seconds is for a job that is started at once; add \"start\": true");
      }
      return;
    }
    if (Boolean.FALSE.equals(body.external())) {
      defect(
          place + "external",
          "external (false) contradicts start: whoever starts a job does it outside the server");
    }
    if (body.key() != null) {
      defect(place + "key", "key contradicts start: a started job waits for no other");
    }
    if (body.runAt() != null) {
      defect(place + "run_at", "run_at contradicts start: a started job runs at once");
    }
  }

  private void checkMoment(String place, @Nullable Instant moment) {
    if (moment != null && moment.isAfter(now.plus(HORIZON))) {
      defect(
          place + "run_at",
          "run_at (%s) must be within ten years from now"
              .formatted(Excerpt.text(moment.toString())));
    }
  }

  private void defect(String field, String message) {
    defects.add(Defect.ofField(field, message));
  }

  private String unknown(String type) {
    return rules.owned().contains(type)
        ? "%s is started through its application's own route".formatted(type)
        : "This server has no handler for the job type '%s'. If a worker will do it, submit it with \"external\": true."
            .formatted(type);
  }

  private Optional<Job> parent(UUID id) {
    return parents.computeIfAbsent(id, this::ownJob);
  }

  private Optional<Job> ownJob(UUID id) {
    return rules.jobs().find(id).filter(job -> Objects.equals(job.spec().owner(), owner));
  }

  /**
   * The jobs.
   *
   * @throws HeadwayException VALIDATION_ERROR with all defects of all submissions, or CONFLICT when
   *     a parent has ended
   */
  List<NewJob> jobs() {
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    for (var parent : parents.values()) {
      if (parent.isPresent() && parent.get().ended()) {
        throw new HeadwayException(
            ErrorCode.CONFLICT, "The parent job %s has already ended".formatted(parent.get().id()));
      }
    }
    return entries.stream().map(this::job).toList();
  }

  private NewJob job(Entry entry) {
    var body = entry.body();
    var type = body.isExternal() ? null : rules.open().get(Objects.requireNonNull(body.jobType()));
    var spec =
        body.spec(owner, attempts(body, type))
            .with(draft -> draft.idempotencyKey(entry.key()).traceparent(traceparent));
    var start = body.isStarted() ? new NewJob.Start(SUBMITTER, body.lease()) : null;
    return new NewJob(rules.jobs().nextId(), spec, steps(body, type), body.runAt(), start);
  }

  private static Attempts attempts(Submission body, @Nullable JobType type) {
    if (type != null) {
      return Attempts.of(type.maxAttempts());
    }
    return body.isStarted() ? Attempts.of(1) : Attempts.DEFAULT;
  }

  private static List<Plan.Step> steps(Submission body, @Nullable JobType type) {
    if (type != null) {
      return type.plan().steps();
    }
    return body.steps() == null ? List.of() : JobRequests.Step.plan(body.steps());
  }
}
