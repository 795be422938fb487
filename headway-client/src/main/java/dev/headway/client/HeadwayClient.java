package dev.headway.client;

import dev.headway.client.http.ClientException;
import dev.headway.client.http.Json;
import dev.headway.client.http.LeaseLostException;
import dev.headway.client.http.Multipart;
import dev.headway.client.http.Rest;
import dev.headway.client.http.Tokens;
import dev.headway.client.job.Accepted;
import dev.headway.client.job.FileLink;
import dev.headway.client.job.Job;
import dev.headway.client.job.JobFile;
import dev.headway.client.job.JobFilter;
import dev.headway.client.job.JobPage;
import dev.headway.client.job.JobRequest;
import dev.headway.client.job.LogPage;
import dev.headway.client.job.Queue;
import dev.headway.client.job.StartRate;
import dev.headway.client.job.WatchLinks;
import dev.headway.client.page.PageLink;
import dev.headway.client.page.PageLook;
import dev.headway.client.schedule.Lot;
import dev.headway.client.schedule.Schedule;
import dev.headway.client.schedule.ScheduleRequest;
import dev.headway.client.stream.Interest;
import dev.headway.client.stream.Topic;
import dev.headway.client.stream.TopicStream;
import dev.headway.client.stream.Watch;
import dev.headway.client.stream.WatchListener;
import dev.headway.client.time.ThreadScheduler;
import dev.headway.client.work.CancelWatch;
import dev.headway.client.work.Claim;
import dev.headway.client.work.ClaimedJob;
import dev.headway.client.work.Lease;
import dev.headway.client.work.PumpSettings;
import dev.headway.client.work.StartedLease;
import dev.headway.client.work.TrackedJob;
import dev.headway.client.work.Work;
import dev.headway.client.work.WorkerConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client of one Headway server. Calls block, and throw a {@link ClientException} when they come
 * to nothing; everything that is watched comes over one connection. Thread-safe; made once and
 * closed at the end.
 *
 * <pre>{@code
 * try (var client = HeadwayClient.at(URI.create("http://localhost:8000")).token(key).build()) {
 *   var accepted = client.submit(JobRequest.external("probe").payload(Map.of("file", "a.mkv")));
 *   client.watch(List.of(Interest.in(Topic.job(accepted.work().id()))), listener);
 * }
 * }</pre>
 */
public final class HeadwayClient implements AutoCloseable {
  private static final String JOBS = "/api/v1/jobs";
  private static final String QUEUES = "/api/v1/admin/queues";
  private static final String SCHEDULE = "/api/v1/schedule";

  private final Rest rest;
  private final Tokens tokens;
  private final TopicStream stream;
  private final PumpSettings reporting;
  private final WorkerConnection worker;
  private final @Nullable ThreadScheduler ownScheduler;

  HeadwayClient(HeadwayClientBuilder builder) {
    this.ownScheduler = builder.scheduler == null ? new ThreadScheduler() : null;
    var timing = builder.timing(ownScheduler);
    var http = builder.http();
    this.tokens = new Tokens(builder.token);
    this.rest = new Rest(http, builder.origin, tokens, timing.clock(), builder.tokenListener);
    this.stream = new TopicStream(rest, http, timing);
    this.reporting = new PumpSettings(timing, builder.reportEvery, builder.logLines);
    this.worker = new WorkerConnection(stream.webSocket(), timing, builder.origin);
  }

  /**
   * A builder of a client.
   *
   * @param server scheme, host and port, for example {@code http://localhost:8000}
   */
  public static HeadwayClientBuilder at(URI server) {
    return new HeadwayClientBuilder(server);
  }

  /**
   * Signs in and uses the token from now on; it is renewed before it ends.
   *
   * @return the token, to be kept
   */
  public String login(String email, String password) {
    var body = Json.object().put("username", email).put("password", password);
    var token = rest.post("/api/v1/auth/login", body).path("access_token").asString();
    tokens.replace(token);
    stream.tokenReplaced();
    return token;
  }

  /** Creates an account. It still has to sign in. */
  public Account register(String email, String password) {
    var body = Json.object().put("email", email).put("password", password);
    return Json.convert(rest.post("/api/v1/auth/register", body), Account.class);
  }

  /**
   * Creates an API key for the signed-in account; it does not expire.
   *
   * @param name for people
   * @param role what the key may, at most what the account may: {@code user}, {@code worker}, …
   * @return the key, which the server does not show again
   */
  public String createKey(String name, String role) {
    var body = Json.object().put("name", name).put("role", role);
    return rest.post("/api/v1/api-keys", body).path("key").asString();
  }

  /** The signed-in account. */
  public Account me() {
    return Json.convert(rest.get("/api/v1/auth/me"), Account.class);
  }

  /** Revokes the token. */
  public void logout() {
    rest.post("/api/v1/auth/logout", Json.object());
  }

  /**
   * Makes a page for people without an account.
   *
   * @param topic a job, or a tag
   * @param lasting how long it works, a second to 90 days
   */
  public PageLink link(Topic topic, PageLook look, Duration lasting) {
    var body = Json.object().put("topic", topic.toString()).put("ttl_seconds", lasting.toSeconds());
    body.set("page", Json.tree(look));
    return Json.convert(rest.post("/api/v1/links", body), PageLink.class);
  }

  /** Ends a link; pages that are open lose it at once. */
  public void endLink(String id) {
    rest.delete("/api/v1/links/" + id);
  }

  /** Submits a job. */
  public Accepted<Job> submit(JobRequest request) {
    return accepted(rest.post(JOBS, request), Job.class);
  }

  /** Submits up to 1,000 jobs, all of them or none; in their order in the queue. */
  public List<Accepted<Job>> submit(List<JobRequest> requests) {
    var body = Json.object();
    body.set("jobs", Json.tree(requests));
    var answers = rest.post(JOBS + "/batch", body).path("jobs");
    return answers.values().stream().map(answer -> accepted(answer, Job.class)).toList();
  }

  /** The queues that have a rule, or jobs that have not ended, by name; for administrators. */
  public List<Queue> queues() {
    return Json.convert(rest.get(QUEUES), Queue.All.class).queues();
  }

  /** Lets no further job of a queue begin, or goes on; for administrators. */
  public Queue pauseQueue(String name, boolean paused) {
    return changed(name, Json.object().put("paused", paused));
  }

  /** Limits how many jobs of a queue begin in a time; null for no limit. For administrators. */
  public Queue limitQueue(String name, @Nullable StartRate rate) {
    var body = Json.object();
    body.set("rate", Json.tree(rate));
    return changed(name, body);
  }

  private Queue changed(String name, JsonNode change) {
    return Json.convert(rest.patch(QUEUES + "/" + name, change), Queue.class);
  }

  /** A job as it is now. */
  public Job job(UUID id) {
    return Json.convert(rest.get(JOBS + "/" + id), Job.class);
  }

  /** Jobs that the caller may see, newest first. */
  public JobPage jobs(JobFilter filter) {
    return Json.convert(rest.get(JOBS + "?" + filter.query()), JobPage.class);
  }

  /** Requests the cancellation of a job; it is cancelled once its worker has stopped. */
  public Job cancel(UUID id) {
    return Json.convert(rest.post(JOBS + "/" + id + "/cancel", Json.object()), Job.class);
  }

  /** Runs an ended job again, as a new job. */
  public Accepted<Job> retry(UUID id) {
    return accepted(rest.post(JOBS + "/" + id + "/retry", Json.object()), Job.class);
  }

  /**
   * Lines of a job's log.
   *
   * @param after only those with a higher number; 0 for the first ones
   */
  public LogPage logs(UUID id, long after) {
    return Json.convert(rest.get("%s/%s/logs?after=%d".formatted(JOBS, id, after)), LogPage.class);
  }

  /**
   * Lines of one stream of a job's log.
   *
   * @param stream {@code stdout}, {@code stderr} or {@code log}, or the name of an output
   * @param after only those with a higher number; 0 for the first ones
   */
  public LogPage logs(UUID id, String stream, long after) {
    var query = "stream=%s&after=%d".formatted(stream, after);
    return Json.convert(rest.get("%s/%s/logs?%s".formatted(JOBS, id, query)), LogPage.class);
  }

  /** The text of a job's output of this name, as far as it has come. */
  public String output(UUID id, String name) {
    var text = new StringBuilder();
    for (var page = logs(id, name, 0);
        !page.lines().isEmpty();
        page = logs(id, name, page.lastNumber())) {
      page.lines().forEach(piece -> text.append(piece.text()));
    }
    return text.toString();
  }

  /** The files that were uploaded for a job, by name. */
  public List<JobFile> files(UUID id) {
    var found = rest.get("%s/%s/files".formatted(JOBS, id)).path("files").values();
    return found.stream().map(file -> Json.convert(file, JobFile.class)).toList();
  }

  /** Downloads a file of a job to a path, in constant memory. */
  public void download(UUID id, String name, Path target) {
    rest.download(JobFile.path(id, name), target);
  }

  /**
   * Makes a link by which whoever has it may download a file of a job; {@link #endLink} ends it
   * early.
   *
   * @param lasting how long it works, a second to 90 days
   */
  public FileLink linkFile(UUID id, String name, Duration lasting) {
    var body = Json.object().put("ttl_seconds", lasting.toSeconds());
    return Json.convert(rest.post(JobFile.path(id, name) + "/link", body), FileLink.class);
  }

  /** Submits lots to be scheduled. */
  public Accepted<Schedule> submitSchedule(List<Lot> lots, ScheduleRequest request) {
    var body = Json.tree(request).asObject();
    body.set("lots_data", Json.tree(lots));
    return accepted(rest.post(SCHEDULE, body), Schedule.class);
  }

  /**
   * Submits a CSV file of lots to be scheduled.
   *
   * @param fileName for people
   * @param csv {@code Lot ID,Type,Vials}, at most 10 MB
   */
  public Accepted<Schedule> submitSchedule(String fileName, byte[] csv, ScheduleRequest request) {
    var form = new Multipart("headway-" + UUID.nameUUIDFromBytes(csv));
    form.file("csv_file", fileName, csv).field("config", Json.write(request.config()));
    if (request.name() != null) {
      form.field("name", request.name());
    }
    if (request.strategy() != null) {
      form.field("strategy", request.strategy());
    }
    if (request.startTime() != null) {
      form.field("start_time", request.startTime().toString());
    }
    return accepted(rest.post(SCHEDULE, form), Schedule.class);
  }

  /** A schedule as it is now. */
  public Schedule schedule(long id) {
    return Json.convert(rest.get(SCHEDULE + "/" + id), Schedule.class);
  }

  /** Watches topics until the watch is closed. */
  public Watch watch(Collection<Interest> interests, WatchListener listener) {
    return stream.watch(interests, listener);
  }

  /**
   * Shows work that runs here as a job of this name, without a queue or a claim. Returns at once.
   *
   * @param total how much is to be done; 0 when that is not known
   */
  public TrackedJob track(String name, long total) {
    return track(JobRequest.of("track").name(name), total, null);
  }

  /**
   * Shows work that runs here as a job.
   *
   * @param request what the job is; its type is what the time left is learnt by
   * @param total how much is to be done; 0 when that is not known
   * @param parent the job that it belongs to, whose bar it does not move
   */
  public TrackedJob track(JobRequest request, long total, @Nullable TrackedJob parent) {
    var once = request.idempotencyKey(UUID.randomUUID().toString());
    var lease = new StartedLease(rest, worker, once, parent, cancelWatch());
    return new TrackedJob(lease, total, reporting);
  }

  /**
   * Waits for a job and takes it; asks again until there is one. It comes, and is reported on, over
   * a WebSocket that all claims of this client share; where none gets through, over HTTP.
   */
  public ClaimedJob claim(Claim claim) {
    while (true) {
      var lease = taken(claim).or(() -> lease(claim));
      if (lease.isPresent()) {
        return ClaimedJob.keep(lease.get(), reporting, cancelWatch());
      }
    }
  }

  private Optional<Lease> taken(Claim claim) {
    try {
      return Lease.take(rest, worker, claim);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Takes a job; empty when none came within the claim's long poll. */
  public Optional<ClaimedJob> tryClaim(Claim claim) {
    return lease(claim).map(lease -> ClaimedJob.keep(lease, reporting, cancelWatch()));
  }

  /**
   * Waits for a job, does it and ends it.
   *
   * @throws LeaseLostException when the job was given to another worker meanwhile
   */
  public void work(Claim claim, Work work) {
    try (var job = claim(claim)) {
      job.run(work);
    }
  }

  /** Takes a job without keeping its lease: for those who report in their own way. */
  public Optional<Lease> lease(Claim claim) {
    return Lease.take(rest, claim);
  }

  /**
   * Submits a job that the caller does, without keeping its lease: for those who report in their
   * own way.
   */
  public Lease start(JobRequest request, Duration length) {
    return Lease.start(rest, worker, request, length);
  }

  /** Watches for cancellations over the stream, so that workers hear of them at once. */
  public CancelWatch cancelWatch() {
    return (job, onCancel) -> {
      var interest = Interest.in(Topic.job(job.id()));
      return stream.watch(List.of(interest), new CancelListener(onCancel))::close;
    };
  }

  /** The settings for reporting. */
  public PumpSettings reporting() {
    return reporting;
  }

  /** The REST interface, for calls that have no method here. */
  public Rest rest() {
    return rest;
  }

  private static <T> Accepted<T> accepted(JsonNode body, Class<T> type) {
    return new Accepted<>(
        Json.convert(body, type),
        body.path("cursor").asString(""),
        Json.convert(body.path("watch"), WatchLinks.class));
  }

  /** Closes the connection. Unsent reports of claimed jobs are lost: end the jobs first. */
  @Override
  public void close() {
    worker.close();
    stream.close();
    if (ownScheduler != null) {
      ownScheduler.close();
    }
  }
}
