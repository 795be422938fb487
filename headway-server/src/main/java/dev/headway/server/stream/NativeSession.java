package dev.headway.server.stream;

import dev.headway.core.account.Principal;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.job.Json;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Topic;
import dev.headway.server.session.ClientMessage;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.Connection.Cancellable;
import dev.headway.server.socket.Connection.Expiry;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.SessionLogin;
import dev.headway.server.socket.SocketSession;
import dev.headway.server.socket.Verification;
import dev.headway.server.stream.NativeRequest.WatchedTopic;
import dev.headway.server.stream.TopicKind.Watchable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session of the native stream. Its calls are serialized by the connection. */
final class NativeSession implements SocketSession, SessionLogin.Listener {
  /** Topics that one connection may watch. */
  private static final int MAX_TOPICS = 10_000;

  private final Connection connection;
  private final NativeStream stream;
  private final Wire wire;
  private final SessionLogin login;
  private final Map<String, Cancellable> subscriptions = new HashMap<>();
  private boolean entered;
  private @Nullable ClientMessage authRequest;
  private StreamPart.@Nullable Session worker; // few clients are workers

  NativeSession(NativeStream stream, Connection connection, Handshake handshake, Wire wire) {
    this.connection = connection;
    this.stream = stream;
    this.wire = wire;
    this.login = new SessionLogin(connection, handshake, stream.verifier(), Expiry.NATIVE, this);
  }

  void begin() {
    send(NativeReply.Hello.of(stream.settings()));
    stream.notices().enter(connection, wire);
    login.begin();
  }

  @Override
  public void closed() {
    stream.notices().leave(connection);
    if (worker != null) {
      worker.closed();
    }
  }

  private void send(NativeReply value) {
    connection.send(wire.frame(value));
  }

  @Override
  public void admitted(Principal principal) {
    if (!entered && !connection.reserve(principal, null)) {
      connection.close(CloseCodes.POLICY, "Too many connections");
      return;
    }
    entered = true;
    endForbidden(principal);
    if (worker != null) {
      worker.admitted(principal);
    }
    var request = authRequest;
    if (request != null) {
      var shown = principal.shown();
      var expiry = shown == null ? null : shown.expiresAt();
      send(new NativeReply.Authenticated(request.id(), true, expiry));
    }
  }

  /** Ends the subscriptions that whoever has authenticated now may not have. */
  private void endForbidden(Principal principal) {
    for (var name : List.copyOf(subscriptions.keySet())) {
      if (stream.topics().find(name, principal).isEmpty()) {
        Objects.requireNonNull(subscriptions.remove(name)).cancel();
        refuse(name);
      }
    }
  }

  private void refuse(String topic) {
    send(NativeReply.Refused.of(topic));
  }

  @Override
  public void denied(Verification.@Nullable Reason reason) {
    switch (reason) {
      case null -> connection.close(CloseCodes.NOT_AUTHENTICATED, "Not authenticated in time");
      case EXPIRED -> connection.close(CloseCodes.TOKEN_EXPIRED, "Token expired");
      case REVOKED -> connection.close(CloseCodes.REVOKED, "Token revoked");
      case INVALID, NO_SUBJECT -> connection.close(CloseCodes.FORBIDDEN, "Authentication failed");
    }
  }

  @Override
  public void received(Frame message) {
    if (message.isBinary() != (wire == Wire.CBOR)) {
      connection.close(CloseCodes.UNSUPPORTED_DATA, "The other kind of frame was agreed on");
      return;
    }
    ClientMessage request = null;
    try {
      request = ClientMessage.of(wire.read(message), "op", "id");
      if (request == null) {
        throw unknownOp("");
      }
      perform(request);
    } catch (HeadwayException failure) {
      send(NativeReply.Failed.of(request == null ? null : request.id(), failure));
    }
  }

  private static HeadwayException unknownOp(String op) {
    return new HeadwayException(
        ErrorCode.INVALID_INPUT,
        "The op (%s) is unknown; known: auth, watch, unwatch, cancel, ping, work, reports"
            .formatted(op));
  }

  private void perform(ClientMessage request) {
    if (request.kind().equals("auth")) {
      var token = request.as(NativeRequest.Auth.class).token();
      authRequest = request;
      login.token(token == null ? "" : token);
      return;
    }
    var principal = login.principal();
    if (principal == null) {
      throw new HeadwayException(
          ErrorCode.AUTHENTICATION_ERROR, "Authenticate first: {\"op\":\"auth\",\"token\":…}");
    }
    switch (request.kind()) {
      case "watch" -> watch(request, principal);
      case "unwatch" -> unwatch(request);
      case "cancel" -> cancel(request, principal);
      case "ping" -> {
        var _ = request.as(NativeRequest.Ping.class);
        send(new NativeReply.Pong(request.id(), stream.clock().instant()));
      }
      case String op when stream.workers().ops().contains(op) ->
          worker().perform(request, principal);
      default -> throw unknownOp(request.kind());
    }
  }

  private StreamPart.Session worker() {
    var present = worker == null ? stream.workers().open(connection, wire) : worker;
    worker = present;
    return present;
  }

  private void unwatch(ClientMessage request) {
    for (var topic : topics(request.as(NativeRequest.Unwatch.class).topics())) {
      var subscription = subscriptions.remove(topic.name());
      if (subscription != null) {
        subscription.cancel();
      }
    }
    send(new NativeReply.Done(request.id(), true));
  }

  private static List<WatchedTopic> topics(@Nullable List<WatchedTopic> topics) {
    if (topics == null || topics.isEmpty()) {
      throw new HeadwayException(
          ErrorCode.INVALID_INPUT, "topics must be an array of at least one topic");
    }
    return topics;
  }

  private void watch(ClientMessage request, Principal principal) {
    var begun = new ArrayList<Begun>();
    var refused = new ArrayList<NativeReply.RefusedTopic>();
    for (var topic : topics(request.as(NativeRequest.Watch.class).topics())) {
      var found =
          subscriptions.size() + begun.size() < MAX_TOPICS
              ? stream.topics().find(topic.name(), principal)
              : Optional.<Watchable>empty();
      found.ifPresentOrElse(
          watchable -> begun.add(begin(topic, watchable)),
          () -> refused.add(NativeReply.RefusedTopic.of(topic.name())));
    }
    new WatchReply(wire, request.id()).frames(entries(begun), refused).forEach(connection::send);
    begun.forEach(this::subscribe);
  }

  /**
   * A topic with the start that was found for this watcher, before anything of it has been sent.
   */
  private record Begun(String name, Watchable found, Topic.Start start) {}

  private static Begun begin(WatchedTopic asked, Watchable found) {
    var watchable = asked.withLogs() ? found.withLogs() : found;
    var after = asked.after() == null ? null : Cursor.parse(asked.after()).orElse(null);
    var start = watchable.topic().start(after, watchable.dialect().lines());
    return new Begun(asked.name(), watchable, start);
  }

  private static List<Json> entries(List<Begun> begun) {
    var entries = new ArrayList<Json>();
    for (var topic : begun) {
      switch (topic.start()) {
        case Topic.Start.Resumed(var cursor, _, _) ->
            entries.add(WatchReply.entry(topic.name(), cursor, null));
        case Topic.Start.Fresh(var snapshot) ->
            topic.found().dialect().state(snapshot).stream()
                .map(part -> WatchReply.entry(topic.name(), snapshot.cursor(), part))
                .forEach(entries::add);
      }
    }
    return entries;
  }

  private void subscribe(Begun begun) {
    var earlier = subscriptions.remove(begun.name());
    if (earlier != null) {
      earlier.cancel();
    }
    var dialect = wire.dialect(begun.found().dialect());
    var after =
        switch (begun.start()) {
          case Topic.Start.Fresh(var snapshot) -> snapshot.cursor().offset();
          case Topic.Start.Resumed resumed -> {
            resumed.frames(dialect).forEach(connection::send);
            yield resumed.offset();
          }
        };
    subscriptions.put(
        begun.name(),
        connection.subscribe(begun.found().topic(), dialect, after, new End(begun.name())));
  }

  private final class End implements Connection.Watcher {
    private final String name;

    End(String name) {
      this.name = name;
    }

    @Override
    public void ended() {
      subscriptions.remove(name);
    }

    @Override
    public void fellBehind() {
      connection.close(CloseCodes.TOO_SLOW, "Too slow: reconnect and resume");
    }

    @Override
    public void removed() {
      subscriptions.remove(name);
      refuse(name);
    }
  }

  private void cancel(ClientMessage request, Principal principal) {
    var asked = request.as(NativeRequest.Cancel.class);
    var job =
        stream
            .topics()
            .find(asked.name(), principal)
            .map(found -> found.topic().state())
            .filter(Job.class::isInstance)
            .map(Job.class::cast)
            .filter(found -> stream.access().maySteer(principal, found.spec().owner()))
            .orElseThrow(() -> HeadwayException.notFound("The topic " + asked.name()));
    var command = new CancelBody(asked.keepPartial()).command();
    var decided =
        switch (stream.jobs().decide(job.id(), command)) {
          case Decision.Accepted _ -> "requested";
          case Decision.Refused _ -> "too_late";
        };
    send(new NativeReply.CancelDecided(request.id(), decided));
  }
}
