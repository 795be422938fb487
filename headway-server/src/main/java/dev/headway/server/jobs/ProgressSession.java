package dev.headway.server.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.headway.core.account.Principal;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Topic;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.session.ClientMessage;
import dev.headway.server.session.JsonSession;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.Connection.Cancellable;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.Verification;
import dev.headway.server.stream.CancelBody;
import dev.headway.server.stream.JobTopics;
import java.time.Instant;
import java.util.HashMap;
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

  private final ProgressChannel channel;
  private final String pathJob;
  private final Map<UUID, Cancellable> subscriptions = new HashMap<>();

  ProgressSession(ProgressChannel channel, Connection connection, Handshake handshake) {
    super(connection, handshake, channel.verifier(), new HeartbeatRule(channel.heartbeat(), true));
    this.channel = channel;
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
    return Frame.text(JsonCodec.bytes(new Moment(type, channel.clock().instant())));
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
        .flatMap(channel.jobs()::find)
        .filter(
            job -> channel.access().mayWatch(who, job.spec().owner(), Set.of("job:" + job.id())));
  }

  private void subscribe(Job job, boolean logs) {
    var dialect = new ProgressDialect(logs);
    var topic = channel.jobs().topic(job.id());
    var snapshot = topic.snapshot();
    dialect.state(snapshot).forEach(connection::send);
    var earlier =
        subscriptions.put(
            job.id(),
            connection.subscribe(
                topic, dialect, snapshot.cursor().offset(), new Resync(job, topic, logs)));
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
  protected void rejected(HeadwayException reason) {
    error(reason.safeMessage(), null);
  }

  private record Ping() {}

  private record Subscribe(@Nullable String jobId, @Nullable Boolean logs) {}

  private record Unsubscribe(@Nullable String jobId) {}

  private record Cancel(@Nullable String jobId, @Nullable Boolean keepPartial) {}

  @Override
  protected void perform(ClientMessage message, Principal principal) {
    switch (message.kind()) {
      case "ping" -> {
        var _ = message.as(Ping.class);
        connection.send(moment("pong"));
      }
      case "subscribe" -> subscribe(message.as(Subscribe.class), principal);
      case "unsubscribe" -> unsubscribe(message.as(Unsubscribe.class));
      case "cancel" -> cancel(message.as(Cancel.class), principal);
      default -> error(UNKNOWN_TYPE, null);
    }
  }

  private String job(@Nullable String named) {
    return named == null ? pathJob : named;
  }

  private void subscribe(Subscribe request, Principal principal) {
    var id = job(request.jobId());
    var job = find(id, principal);
    if (job.isEmpty()) {
      error("Job not found", id);
    } else if (subscriptions.size() >= MAX_JOBS) {
      error("At most " + MAX_JOBS + " jobs", id);
    } else {
      subscribe(job.get(), Boolean.TRUE.equals(request.logs()));
    }
  }

  private void unsubscribe(Unsubscribe request) {
    var subscription = JobTopics.uuid(job(request.jobId())).map(subscriptions::remove);
    subscription.ifPresent(Cancellable::cancel);
  }

  private void cancel(Cancel request, Principal principal) {
    var id = job(request.jobId());
    var job =
        find(id, principal)
            .filter(found -> channel.access().maySteer(principal, found.spec().owner()));
    if (job.isEmpty()) {
      error("Job not found", id);
      return;
    }
    var command = new CancelBody(request.keepPartial()).command();
    if (channel.jobs().decide(job.get().id(), command) instanceof Decision.Refused(var reason)) {
      error(reason.text(), id);
    }
  }

  /** Errors name their job in {@code subject}: a frame with {@code job_id} would be progress. */
  private record ErrorFrame(
      String type, String error, @JsonInclude(Include.NON_NULL) @Nullable String subject) {}

  private void error(String text, @Nullable String job) {
    var subject = job == null || job.length() <= 64 ? job : job.substring(0, 64);
    connection.send(Frame.text(JsonCodec.bytes(new ErrorFrame("error", text, subject))));
  }
}
