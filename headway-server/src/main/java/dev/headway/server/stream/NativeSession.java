package dev.headway.server.stream;

import dev.headway.core.account.Principal;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.Json;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Topic;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.Connection.Cancellable;
import dev.headway.server.socket.Connection.Expiry;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.SessionLogin;
import dev.headway.server.socket.SocketSession;
import dev.headway.server.socket.Verification;
import dev.headway.server.stream.TopicKind.Watchable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A session of the native stream. Its calls are serialized by the connection. */
final class NativeSession implements SocketSession, SessionLogin.Listener {
  /** Topics that one connection may watch. */
  private static final int MAX_TOPICS = 10_000;

  private final Connection connection;
  private final NativeStream.Services services;
  private final Wire wire;
  private final SessionLogin login;
  private final Map<String, Cancellable> subscriptions = new HashMap<>();
  private boolean entered;
  private @Nullable JsonNode authRequest;

  NativeSession(
      Connection connection, Handshake handshake, NativeStream.Services services, Wire wire) {
    this.connection = connection;
    this.services = services;
    this.wire = wire;
    this.login = new SessionLogin(connection, handshake, services.verifier(), Expiry.NATIVE, this);
  }

  void begin() {
    var settings = services.settings();
    var hello = new LinkedHashMap<String, Object>();
    hello.put("hello", NativeStream.JSON);
    hello.put("server", settings.server());
    hello.put("epoch", settings.epoch());
    hello.put("ping_seconds", settings.ping().toSeconds());
    hello.put(
        "reconnect",
        Map.of(
            "min_ms", settings.reconnectMin().toMillis(),
            "max_ms", settings.reconnectMax().toMillis()));
    send(hello);
    login.begin();
  }

  private void send(Object value) {
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
    var request = authRequest;
    if (request != null) {
      var shown = principal.shown();
      var reply = reply(request);
      reply.put("ok", true);
      reply.put("expires_at", shown == null ? null : shown.expiresAt());
      send(reply);
    }
  }

  /** Ends the subscriptions that whoever has authenticated now may not have. */
  private void endForbidden(Principal principal) {
    for (var name : List.copyOf(subscriptions.keySet())) {
      if (services.topics().find(name, principal).isEmpty()) {
        Objects.requireNonNull(subscriptions.remove(name)).cancel();
        refuse(name);
      }
    }
  }

  private void refuse(String topic) {
    send(Map.of("refused", List.of(Map.of("topic", topic, "code", ErrorCode.NOT_FOUND.name()))));
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
    JsonNode request = null;
    try {
      request = wire.read(message);
      perform(request);
    } catch (HeadwayException failure) {
      fail(request, failure);
    }
  }

  private void perform(JsonNode request) {
    var op = request.path("op").asString("");
    if (op.equals("auth")) {
      authRequest = request;
      login.token(request.path("token").asString(""));
      return;
    }
    var principal = login.principal();
    if (principal == null) {
      throw new HeadwayException(
          ErrorCode.AUTHENTICATION_ERROR, "Authenticate first: {\"op\":\"auth\",\"token\":…}");
    }
    switch (op) {
      case "watch" -> watch(request, principal);
      case "unwatch" -> unwatch(request);
      case "cancel" -> cancel(request, principal);
      case "ping" -> pong(request);
      default ->
          throw new HeadwayException(
              ErrorCode.INVALID_INPUT,
              "The op (%s) is unknown; known: auth, watch, unwatch, cancel, ping".formatted(op));
    }
  }

  private void fail(@Nullable JsonNode request, HeadwayException failure) {
    var reply = request == null ? new LinkedHashMap<String, Object>() : reply(request);
    reply.put("error", Map.of("code", failure.code().name(), "message", failure.safeMessage()));
    send(reply);
  }

  private static Map<String, Object> reply(JsonNode request) {
    var reply = new LinkedHashMap<String, Object>();
    if (request.has("id")) {
      reply.put("re", request.get("id"));
    }
    return reply;
  }

  private void pong(JsonNode request) {
    var reply = reply(request);
    reply.put("at", services.clock().instant());
    send(reply);
  }

  private void unwatch(JsonNode request) {
    for (var topic : topics(request)) {
      var subscription = subscriptions.remove(topicName(topic));
      if (subscription != null) {
        subscription.cancel();
      }
    }
    var reply = reply(request);
    reply.put("ok", true);
    send(reply);
  }

  private static JsonNode topics(JsonNode request) {
    var topics = request.path("topics");
    if (!topics.isArray() || topics.isEmpty()) {
      throw new HeadwayException(
          ErrorCode.INVALID_INPUT, "topics must be an array of at least one topic");
    }
    return topics;
  }

  private static String topicName(JsonNode topic) {
    return topic.isString() ? topic.asString() : topic.path("topic").asString("");
  }

  private void watch(JsonNode request, Principal principal) {
    var begun = new ArrayList<Begun>();
    var refused = new ArrayList<Map<String, Object>>();
    for (var topic : topics(request)) {
      var name = topicName(topic);
      var found =
          subscriptions.size() + begun.size() < MAX_TOPICS
              ? services.topics().find(name, principal)
              : java.util.Optional.<Watchable>empty();
      if (found.isPresent()) {
        begun.add(begin(topic, name, found.get()));
      } else {
        refused.add(Map.of("topic", name, "code", ErrorCode.NOT_FOUND.name()));
      }
    }
    new WatchReply(wire, reply(request)).frames(entries(begun), refused).forEach(connection::send);
    begun.forEach(this::subscribe);
  }

  /** A topic whose place has been found, before anything of it has been sent. */
  private record Begun(String name, Watchable found, Cursor cursor, List<Frame> snapshot) {}

  private static Begun begin(JsonNode asked, String name, Watchable found) {
    var watchable = withLogs(found, asked.path("logs").asBoolean(false));
    var after = Cursor.parse(asked.path("after").asString("")).orElse(null);
    return switch (watchable.topic().start(after)) {
      case Topic.Start.Resumed(var cursor) -> new Begun(name, watchable, cursor, List.of());
      case Topic.Start.Fresh(var snapshot) ->
          new Begun(name, watchable, snapshot.cursor(), watchable.dialect().state(snapshot));
    };
  }

  private static Watchable withLogs(Watchable found, boolean logs) {
    return logs && found.dialect() instanceof JobDialect(var as, _, var ids)
        ? new Watchable(found.topic(), new JobDialect(as, true, ids))
        : found;
  }

  private static List<Json> entries(List<Begun> begun) {
    var entries = new ArrayList<Json>();
    for (var topic : begun) {
      if (topic.snapshot().isEmpty()) {
        entries.add(WatchReply.entry(topic.name(), topic.cursor(), null));
      }
      for (var part : topic.snapshot()) {
        entries.add(WatchReply.entry(topic.name(), topic.cursor(), part));
      }
    }
    return entries;
  }

  private void subscribe(Begun begun) {
    var earlier = subscriptions.remove(begun.name());
    if (earlier != null) {
      earlier.cancel();
    }
    var found = begun.found();
    subscriptions.put(
        begun.name(),
        connection.subscribe(
            found.topic(), wire.dialect(found.dialect()), begun.cursor(), new End(begun.name())));
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

  private void cancel(JsonNode request, Principal principal) {
    var name = request.path("topic").asString("");
    var job =
        services
            .topics()
            .find(name, principal)
            .map(found -> found.topic().state())
            .filter(Job.class::isInstance)
            .map(Job.class::cast)
            .orElseThrow(() -> HeadwayException.notFound("The topic " + name));
    if (!services.access().maySteer(principal, job.spec().owner())) {
      throw HeadwayException.notFound("The topic " + name);
    }
    var keepPartial = request.path("keep_partial").asBoolean(false);
    var decision = services.jobs().decide(job.id(), new Command.RequestCancel(keepPartial));
    var reply = reply(request);
    reply.put(
        "ok",
        switch (decision) {
          case dev.headway.core.job.Decision.Accepted _ -> "requested";
          case dev.headway.core.job.Decision.Refused _ -> "too_late";
        });
    send(reply);
  }
}
