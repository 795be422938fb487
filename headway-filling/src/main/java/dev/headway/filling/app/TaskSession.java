package dev.headway.filling.app;

import dev.headway.core.account.Principal;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Topic;
import dev.headway.filling.store.Task;
import dev.headway.filling.store.TaskKind;
import dev.headway.server.http.JsonCodec;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.Connection.Expiry;
import dev.headway.server.socket.CredentialVerifier;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.SocketSession;
import dev.headway.server.socket.Verification;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** One watcher of a task. Used in its turn. */
final class TaskSession implements SocketSession, Connection.Watcher {
  /** An error frame would tell clients that the work has failed, so bad messages are counted. */
  private static final int MAX_MALFORMED = 10;

  private final Connection connection;
  private final Handshake handshake;
  private final TaskSocket.Services services;
  private final TaskKind kind;
  private final TaskDialect dialect;
  private final long id;
  private @Nullable Principal principal;
  private @Nullable Task task;
  private volatile @Nullable Topic topic; // pings are made on another thread
  private int malformed;

  TaskSession(
      TaskKind kind, Connection connection, Handshake handshake, TaskSocket.Services services) {
    this.kind = kind;
    this.connection = connection;
    this.handshake = handshake;
    this.services = services;
    this.dialect = new TaskDialect(kind);
    this.id = TaskTopics.number(handshake.path().getOrDefault("id", ""));
  }

  void begin() {
    admit(handshake.verification(), this::enter);
  }

  /** What is done for somebody who may watch the task. */
  private interface Admitted {
    void as(Principal who, Task found);
  }

  private void admit(Verification verification, Admitted next) {
    switch (verification) {
      case Verification.Valid(var who) ->
          services
              .tasks()
              .watchable(kind, id, who)
              .ifPresentOrElse(found -> next.as(who, found.task()), () -> refuse(stranger(who)));
      case Verification.Refused(var reason) when reason == Verification.Reason.NO_SUBJECT ->
          refuse("Invalid token");
      case Verification.Refused _, Verification.Absent _ -> refuse("Authentication failed");
    }
  }

  private static String stranger(Principal who) {
    return who instanceof Principal.Anonymous ? "Authentication failed" : "Unauthorized";
  }

  private void refuse(String reason) {
    connection.close(CloseCodes.POLICY, reason);
  }

  private void enter(Principal who, Task found) {
    if (!connection.reserve(who, "/ws/" + kind.topic(id))) {
      refuse("Too many connections");
      return;
    }
    adopt(who, found);
    connection.heartbeat(services.heartbeat(), false, this::ping);
    subscribe(found);
  }

  private void adopt(Principal who, Task found) {
    connection.adopt(who, Expiry.POLICY);
    principal = who;
    task = found;
  }

  private void subscribe(Task found) {
    Topic present;
    try {
      present = services.tasks().jobs().topic(found.job());
    } catch (HeadwayException _) {
      refuse("Unauthorized"); // deleted since it was found
      return;
    }
    topic = present;
    var snapshot = present.snapshot();
    dialect.state(snapshot).forEach(connection::send);
    if (snapshot.state().ended()) {
      ended();
    } else {
      connection.subscribe(present, dialect, snapshot.cursor(), this);
    }
  }

  private @Nullable Frame ping() {
    var present = topic;
    return present != null && present.state() instanceof Job job && !job.ended()
        ? dialect.ping(job, services.clock().instant())
        : null;
  }

  @Override
  public void ended() {
    connection.close(CloseCodes.NORMAL, "Ended");
  }

  @Override
  public void fellBehind() {
    if (task != null) {
      subscribe(task);
    }
  }

  @Override
  public void removed() {
    connection.close(CloseCodes.NORMAL, "Deleted");
  }

  @Override
  public void received(Frame message) {
    var request = parsed(message).orElse(MissingNode.getInstance());
    switch (request.path("type").asString("")) {
      case "pong" -> {}
      case "cancel" -> cancel(request);
      case "auth" -> renew(request.path("token").asString(""));
      default -> count();
    }
  }

  private static Optional<JsonNode> parsed(Frame message) {
    try {
      return Optional.of(JsonCodec.parse(message.bytes()));
    } catch (HeadwayException _) {
      return Optional.empty();
    }
  }

  private void count() {
    malformed++;
    if (malformed >= MAX_MALFORMED) {
      refuse("Too many malformed messages");
    }
  }

  /* Who may only watch is not answered: an error frame would mean that the work has failed. */
  private void cancel(JsonNode request) {
    if (principal != null && task != null && services.tasks().maySteer(task, principal)) {
      var keepPartial = request.path("keep_partial").asBoolean(false);
      services.tasks().jobs().decide(task.job(), new Command.RequestCancel(keepPartial));
    } else {
      count();
    }
  }

  private void renew(String token) {
    var origin = new CredentialVerifier.Origin(handshake.address(), false);
    admit(services.verifier().verify(token, origin), this::adopt);
  }
}
