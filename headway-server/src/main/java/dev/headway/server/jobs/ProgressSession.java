package dev.headway.server.jobs;

import dev.headway.core.account.Principal;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Topic;
import dev.headway.server.http.JsonCodec;
import dev.headway.server.session.JsonSession;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.Connection.Cancellable;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.Verification;
import dev.headway.server.stream.JobTopics;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A session of the jobs channel. Its calls are serialized by the connection. */
final class ProgressSession extends JsonSession {
  private static final int MAX_JOBS = 1_000;
  private static final String UNKNOWN_TYPE =
      "Unknown message type: known are ping, subscribe, unsubscribe, cancel, auth";

  private final ProgressChannel.Services services;
  private final String pathJob;
  private final Map<UUID, Cancellable> subscriptions = new HashMap<>();

  ProgressSession(Connection connection, Handshake handshake, ProgressChannel.Services services) {
    super(
        connection, handshake, services.verifier(), new HeartbeatRule(services.heartbeat(), true));
    this.services = services;
    this.pathJob = handshake.path().getOrDefault("job_id", "");
  }

  @Override
  protected void arrived(Principal principal) {
    var job = find(pathJob, principal);
    if (job.isEmpty()) {
      error("Job not found", pathJob);
      connection.close(CloseCodes.NORMAL, "Job not found");
    } else if (enter(principal, "/progress/ws/" + pathJob)) {
      subscribe(job.get(), false);
    }
  }

  @Override
  protected void renewed(Principal principal) {
    for (var job : List.copyOf(subscriptions.keySet())) {
      if (find(job.toString(), principal).isEmpty()) {
        Objects.requireNonNull(subscriptions.remove(job)).cancel();
        gone(job.toString());
      }
    }
  }

  private void gone(String job) {
    error("Job not found", job);
    if (job.equals(pathJob)) {
      connection.close(CloseCodes.NORMAL, "Job not found");
    }
  }

  @Override
  protected Frame heartbeat() {
    return moment("heartbeat");
  }

  private Frame moment(String type) {
    return Frame.text(JsonCodec.bytes(new Moment(type, services.clock().instant())));
  }

  /** A frame that only says when it was sent. */
  private record Moment(String type, Instant timestamp) {}

  @Override
  protected void denied(Verification.@Nullable Reason reason) {
    error("Not authenticated", null);
    connection.close(CloseCodes.POLICY, "Not authenticated");
  }

  private Optional<Job> find(String id, Principal who) {
    return JobTopics.uuid(id)
        .flatMap(services.jobs()::find)
        .filter(
            job -> services.access().mayWatch(who, job.spec().owner(), Set.of("job:" + job.id())));
  }

  private void subscribe(Job job, boolean logs) {
    var dialect = new ProgressDialect(logs);
    var topic = services.jobs().topic(job.id());
    var snapshot = topic.snapshot();
    dialect.state(snapshot).forEach(connection::send);
    var earlier =
        subscriptions.put(
            job.id(),
            connection.subscribe(topic, dialect, snapshot.cursor(), new Resync(job, topic, logs)));
    if (earlier != null) {
      earlier.cancel();
    }
  }

  /**
   * A client of this channel has no cursor: when it falls behind, it is shown the present state.
   */
  private final class Resync implements Connection.Watcher {
    private final Job job;
    private final Topic topic;
    private final boolean logs;

    Resync(Job job, Topic topic, boolean logs) {
      this.job = job;
      this.topic = topic;
      this.logs = logs;
    }

    @Override
    public void fellBehind() {
      subscribe(topic.state() instanceof Job present ? present : job, logs);
    }

    @Override
    public void removed() {
      subscriptions.remove(job.id());
      gone(job.id().toString());
    }
  }

  @Override
  protected void unreadable(JsonNode message) {
    error(message.isMissingNode() ? "Invalid JSON format" : UNKNOWN_TYPE, null);
  }

  @Override
  protected void perform(String type, JsonNode request, Principal principal) {
    var id = request.path("job_id").asString(pathJob);
    switch (type) {
      case "ping" -> connection.send(moment("pong"));
      case "subscribe" -> subscribe(id, request.path("logs").asBoolean(false), principal);
      case "unsubscribe" -> unsubscribe(id);
      case "cancel" -> cancel(id, request, principal);
      default -> error(UNKNOWN_TYPE, null);
    }
  }

  private void subscribe(String id, boolean logs, Principal principal) {
    var job = find(id, principal);
    if (job.isEmpty()) {
      error("Job not found", id);
    } else if (subscriptions.size() >= MAX_JOBS) {
      error("At most " + MAX_JOBS + " jobs", id);
    } else {
      subscribe(job.get(), logs);
    }
  }

  private void unsubscribe(String id) {
    var subscription = JobTopics.uuid(id).map(subscriptions::remove);
    subscription.ifPresent(Cancellable::cancel);
  }

  private void cancel(String id, JsonNode request, Principal principal) {
    var job =
        find(id, principal)
            .filter(found -> services.access().maySteer(principal, found.spec().owner()));
    if (job.isEmpty()) {
      error("Job not found", id);
      return;
    }
    var keepPartial = request.path("keep_partial").asBoolean(false);
    var decision = services.jobs().decide(job.get().id(), new Command.RequestCancel(keepPartial));
    if (decision instanceof Decision.Refused(var reason)) {
      error(reason.text(), id);
    }
  }

  /** Errors name their job in {@code subject}: a frame with {@code job_id} would be progress. */
  private void error(String text, @Nullable String subject) {
    var frame = new LinkedHashMap<String, Object>();
    frame.put("type", "error");
    frame.put("error", text);
    if (subject != null) {
      frame.put("subject", subject.length() > 64 ? subject.substring(0, 64) : subject);
    }
    connection.send(Frame.text(JsonCodec.bytes(frame)));
  }
}
