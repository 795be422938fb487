package dev.headway.server.jobs;

import dev.headway.core.account.Access;
import dev.headway.core.account.Principal;
import dev.headway.core.engine.JobType;
import dev.headway.core.engine.Jobs;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Json;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.JobStore.Filter;
import dev.headway.core.port.JobStore.Visibility;
import dev.headway.server.http.Etag;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.webhook.CallbackPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The routes under {@code /jobs} for those who create, watch and steer jobs. */
public final class JobRoutes {
  /**
   * What this server can do by itself.
   *
   * @param open types that {@code POST /jobs} takes
   * @param owned types of applications, which start them through routes of their own
   */
  public record Types(Map<String, JobType> open, Set<String> owned) {}

  private final Jobs jobs;
  private final JobStore store;
  private final Access access;
  private final Types types;
  private final CallbackPolicy callbacks;

  /** The routes over these jobs. */
  public JobRoutes(
      Jobs jobs, JobStore store, Access access, Types types, CallbackPolicy callbacks) {
    this.callbacks = callbacks;
    this.jobs = jobs;
    this.store = store;
    this.access = access;
    this.types = types;
  }

  /** The handlers by operation. */
  public Routes routes() {
    return new Routes()
        .on("submitJob", this::submit)
        .on("listJobs", this::list)
        .on("getJob", this::show)
        .on("deleteJob", this::delete)
        .on("cancelJob", this::cancel)
        .on("retryJob", this::retry)
        .on("readLog", this::readLog);
  }

  private Response submit(Request request) {
    var body = request.json();
    var spec = spec(body, request.principal().userId());
    var steps = spec.external() ? texts(body.path("steps")) : planned(spec.type());
    return submitted(request, spec, steps);
  }

  private Response submitted(Request request, JobSpec spec, List<String> steps) {
    var submission = jobs.submit(jobs.nextId(), spec, steps);
    var job = submission.job();
    var base = request.caller().baseUrl();
    return Response.json(202, JobView.submitted(job, submission.cursor().toString(), base))
        .with("Location", "/api/v1/jobs/" + job.id());
  }

  private List<String> planned(String type) {
    var known = types.open().get(type);
    if (known != null) {
      return known.plan().names();
    }
    if (types.owned().contains(type)) {
      throw HeadwayException.invalid(
          "job_type", "%s is started through its application's own route".formatted(type));
    }
    throw HeadwayException.invalid(
        "job_type",
        "This server has no handler for the job type '%s'. If a worker will do it, submit it with \"external\": true."
            .formatted(type));
  }

  private JobSpec spec(JsonNode body, @Nullable Long owner) {
    var type = body.path("job_type").asString();
    var external = body.path("external").asBoolean(false);
    var known = types.open().get(type);
    var attempts = known == null ? 1 : known.maxAttempts();
    var payload = new Json(body.has("payload") ? body.get("payload").toString() : "{}");
    var queue =
        external ? body.path("queue").asString(JobSpec.DEFAULT_QUEUE) : JobSpec.DEFAULT_QUEUE;
    return JobSpec.of(type, payload, owner)
        .with(draft ->
            draft
                .queue(queue)
                .priority(body.path("priority").asInt(0))
                .maxAttempts(body.path("max_attempts").asInt(attempts))
                .timeout(timeout(body))
                .external(external)
                .idempotencyKey(text(body, "idempotency_key"))
                .family(family(body, owner))
                .callbackUrl(callbackUrl(body)));
  }

  private static @Nullable Duration timeout(JsonNode body) {
    return body.has("timeout_seconds")
        ? Duration.ofMillis(Math.round(body.get("timeout_seconds").asDouble() * 1_000))
        : null;
  }

  private JobSpec.@Nullable Family family(JsonNode body, @Nullable Long owner) {
    var parent = text(body, "parent_id");
    if (parent == null) {
      return null;
    }
    var id = UUID.fromString(parent);
    var found = jobs.find(id).filter(job -> java.util.Objects.equals(job.spec().owner(), owner));
    if (found.isEmpty()) {
      throw HeadwayException.invalid("parent_id", "There is no job %s of yours".formatted(parent));
    }
    if (found.get().ended()) {
      throw new HeadwayException(
          ErrorCode.CONFLICT, "The parent job %s has already ended".formatted(parent));
    }
    return new JobSpec.Family(id, body.path("weight").asDouble(1));
  }

  private @Nullable String callbackUrl(JsonNode body) {
    var url = text(body, "callback_url");
    var defect = url == null ? Optional.<Defect>empty() : callbacks.defect(url);
    if (defect.isPresent()) {
      throw HeadwayException.invalid(List.of(defect.get()));
    }
    return url;
  }

  private static @Nullable String text(JsonNode body, String name) {
    return body.hasNonNull(name) ? body.get(name).asString() : null;
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(entry -> texts.add(entry.asString()));
    return texts;
  }

  private Response list(Request request) {
    var page = request.page("limit", 50);
    var filter = new Filter(visibility(request.principal()), types(request), statuses(request));
    var found = store.list(filter, page);
    var answer = new LinkedHashMap<String, Object>();
    answer.put("jobs", found.items().stream().map(this::newest).map(JobView::of).toList());
    answer.put("total", found.total());
    answer.put("page", page.page());
    answer.put("limit", page.size());
    return Response.ok(answer);
  }

  /** Progress that is not stored yet is shown, too. */
  private Job newest(Job stored) {
    return stored.ended() ? stored : jobs.find(stored.id()).orElse(stored);
  }

  private @Nullable Visibility visibility(Principal who) {
    return who.admin() ? null : new Visibility(who.userId(), access.anonymousServed());
  }

  private static @Nullable Set<String> types(Request request) {
    return request.query("job_type").map(JobRoutes::split).orElse(null);
  }

  private static @Nullable Set<JobStatus> statuses(Request request) {
    return request
        .query("status")
        .map(text ->
            split(text).stream()
                .map(name -> JobStatus.valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet()))
        .orElse(null);
  }

  private static Set<String> split(String text) {
    return Arrays.stream(text.split(",", -1)).collect(Collectors.toSet());
  }

  private Response show(Request request) {
    var job = watchable(request);
    var cursor = jobs.cursor(job.id());
    var view = JobView.of(job);
    view.put("cursor", cursor.toString());
    return Etag.conditional(request, Etag.of(cursor.toString()), Response.ok(view));
  }

  private Response delete(Request request) {
    var job = steerable(request);
    if (types.owned().contains(job.spec().type())) {
      throw new HeadwayException(
          ErrorCode.CONFLICT,
          "%s is deleted through its application's own route".formatted(job.spec().type()));
    }
    jobs.delete(job.id());
    return Response.noContent();
  }

  private Response cancel(Request request) {
    var keepPartial =
        request.body() instanceof Request.Body.Json(var body)
            && body.path("keep_partial").asBoolean(false);
    var job = jobs.apply(steerable(request).id(), new Command.RequestCancel(keepPartial));
    return Response.json(202, JobView.of(job));
  }

  private Response retry(Request request) {
    var ended = steerable(request);
    if (!ended.ended()) {
      throw new HeadwayException(
          ErrorCode.CONFLICT, "The job has not ended; cancel it before you retry it");
    }
    if (types.owned().contains(ended.spec().type())) {
      throw new HeadwayException(
          ErrorCode.CONFLICT,
          "%s is started again through its application's own route".formatted(ended.spec().type()));
    }
    return submitted(request, ended.spec().retrying(ended.id()), ended.steps());
  }

  private Response readLog(Request request) {
    var job = watchable(request);
    var after = request.queryInt("after", 0);
    var lines = store.log(job.id(), after, request.queryInt("limit", 1_000));
    var last = lines.isEmpty() ? after : lines.getLast().number();
    return Response.ok(Map.of("lines", lines, "last_number", last));
  }

  private Job watchable(Request request) {
    var id = request.pathUuid("id");
    return jobs.find(id)
        .filter(
            job -> access.mayWatch(request.principal(), job.spec().owner(), Set.of("job:" + id)))
        .orElseThrow(() -> HeadwayException.notFound("Job"));
  }

  private Job steerable(Request request) {
    return jobs.find(request.pathUuid("id"))
        .filter(job -> access.maySteer(request.principal(), job.spec().owner()))
        .orElseThrow(() -> HeadwayException.notFound("Job"));
  }
}
