package dev.headway.server.work;

import dev.headway.core.account.Principal;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Topic;
import dev.headway.server.session.ClientMessage;
import dev.headway.server.session.JsonSession;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.Verification;
import dev.headway.server.stream.CancelBody;
import dev.headway.server.work.WorkProtocol.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One watcher of one resource: its state first, then its events, then the end. Used in its turn.
 *
 * @param <W> the resource's type
 */
final class WorkSession<W extends WorkItem> extends JsonSession implements Connection.Watcher {
  /** Messages that a contract has no answer to are counted; so many close the connection. */
  private static final int MAX_MALFORMED = 10;

  private final WorkSocket<W> socket;
  private final String id;
  private @Nullable W item;
  private volatile @Nullable Topic topic; // heartbeats are made on another thread
  private int malformed;

  WorkSession(WorkSocket<W> socket, Connection connection, Handshake handshake) {
    super(connection, handshake, socket.verifier(), socket.heartbeat());
    this.socket = socket;
    this.id = String.join("/", handshake.path().values());
  }

  @Override
  protected boolean awaitsToken() {
    return false;
  }

  @Override
  protected void arrived(Principal who) {
    var found = find(who);
    if (found != null && enter(who, found.topic().toString())) {
      subscribe(found);
    }
  }

  @Override
  protected void renewed(Principal who) {
    find(who);
  }

  /** The resource, which is remembered; null when the client was refused. */
  private @Nullable W find(Principal who) {
    item = socket.items().watchable(id, who).map(WorkState::item).orElse(null);
    if (item == null) {
      refuse(new Refusal.NotFound(who));
    }
    return item;
  }

  @Override
  protected void denied(Verification.@Nullable Reason reason) {
    refuse(new Refusal.NotAuthenticated(reason));
  }

  private void refuse(Refusal why) {
    var ending = socket.protocol().refused(why, socket.clock().instant());
    if (ending.last() != null) {
      connection.send(ending.last());
    }
    connection.close(ending.close().code(), ending.close().reason());
  }

  private void subscribe(W found) {
    Topic present;
    try {
      present = socket.items().topic(found);
    } catch (HeadwayException _) {
      refuse(new Refusal.Deleted()); // since it was found
      return;
    }
    topic = present;
    var snapshot = present.snapshot();
    socket.protocol().state(snapshot).forEach(connection::send);
    if (snapshot.state().ended()) {
      ended();
    } else {
      connection.subscribe(present, socket.protocol(), snapshot.cursor().offset(), this);
    }
  }

  @Override
  protected @Nullable Frame heartbeat() {
    var job = job();
    return job == null || job.ended()
        ? null
        : socket.protocol().heartbeat(job, socket.clock().instant());
  }

  private @Nullable Job job() {
    var present = topic;
    return present != null && present.state() instanceof Job job ? job : null;
  }

  @Override
  public void ended() {
    var job = job();
    if (job != null) {
      var close = socket.protocol().ended(job);
      connection.close(close.code(), close.reason());
    }
  }

  @Override
  public void fellBehind() {
    if (item != null) {
      subscribe(item);
    }
  }

  @Override
  public void removed() {
    refuse(new Refusal.Deleted());
  }

  @Override
  protected void unreadable(JsonNode message) {
    reject(
        ErrorCode.INVALID_INPUT,
        "Invalid JSON format: send an object such as {\"type\":\"cancel\"}");
  }

  @Override
  protected void rejected(HeadwayException reason) {
    reject(reason.code(), reason.safeMessage());
  }

  @Override
  protected void perform(ClientMessage message, Principal who) {
    switch (message.kind()) {
      case "pong" -> {}
      case "cancel" -> cancel(message.as(CancelBody.class).command(), who);
      default -> reject(ErrorCode.INVALID_INPUT, "Unknown message type: known are cancel, auth");
    }
  }

  private void cancel(Command.RequestCancel command, Principal who) {
    if (item == null) {
      return; // refused, and about to be closed
    }
    if (!socket.items().maySteer(item, who)) {
      var kind = socket.items().kind().name();
      reject(ErrorCode.AUTHORIZATION_ERROR, "This %s may only be watched".formatted(kind));
    } else if (socket.items().decideCancel(item, command) instanceof Decision.Refused(var reason)) {
      reject(reason.code(), reason.text());
    }
  }

  private void reject(ErrorCode code, String text) {
    var answer = socket.protocol().rejected(code, text, socket.clock().instant());
    if (answer != null) {
      connection.send(answer);
      return;
    }
    malformed++;
    if (malformed >= MAX_MALFORMED) {
      connection.close(CloseCodes.POLICY, "Too many malformed messages");
    }
  }
}
