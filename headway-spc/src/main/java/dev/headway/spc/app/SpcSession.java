package dev.headway.spc.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.headway.core.account.Principal;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Topic;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.session.ClientMessage;
import dev.headway.server.session.JsonSession;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.Connection.Cancellable;
import dev.headway.server.socket.CredentialVerifier;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.Verification;
import dev.headway.spc.app.ResumeFrames.Resumption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One client of process control's sockets. Used in its turn. */
final class SpcSession extends JsonSession {
  private static final int MAX_CHARACTERISTICS = 1_000;
  private static final String TOO_MANY = "At most " + MAX_CHARACTERISTICS + " characteristics";
  private static final String TYPES = "subscribe, unsubscribe, ping, auth";

  /**
   * Frames of state in answer to one subscription, so that it fits what a client may leave unread.
   */
  private static final int STATE_FRAMES = 3_000;

  private static final Frame PONG = Frame.text("{\"type\":\"pong\"}");

  private final CharacteristicTopics topics;
  private final ResumeFrames resumeFrames;
  private final Set<Connection> clients;
  private final Map<Long, Cancellable> subscriptions = new HashMap<>();

  SpcSession(
      Connection connection,
      Handshake handshake,
      Set<Connection> clients,
      CharacteristicTopics topics,
      ResumeFrames resumeFrames,
      CredentialVerifier verifier,
      SpcSettings settings) {
    super(connection, handshake, verifier, new HeartbeatRule(settings.heartbeatInterval(), true));
    this.topics = topics;
    this.resumeFrames = resumeFrames;
    this.clients = clients;
  }

  @Override
  protected void arrived(Principal who) {
    if (enter(who, null)) {
      clients.add(connection);
    }
  }

  @Override
  protected Frame heartbeat() {
    return PONG;
  }

  @Override
  protected void denied(Verification.@Nullable Reason reason) {
    error("Not authenticated", null);
    connection.close(CloseCodes.POLICY, "Not authenticated");
  }

  @Override
  public void closed() {
    clients.remove(connection);
  }

  @Override
  protected void unreadable(JsonNode message) {
    error(
        message.isMissingNode() ? "Invalid JSON format" : "A message must be a JSON object", null);
  }

  @Override
  protected void rejected(HeadwayException reason) {
    error(reason.safeMessage(), null);
  }

  @Override
  protected String kindMember(JsonNode message) {
    return message.has("type") ? "type" : "action";
  }

  private record Ping() {}

  /* Ids that are none are named in the answer, and the others are granted. */
  private record Subscribe(
      @Nullable JsonNode characteristicIds,
      @Nullable JsonNode characteristicId,
      @Nullable JsonNode since) {}

  private record Unsubscribe(
      @Nullable JsonNode characteristicIds, @Nullable JsonNode characteristicId) {}

  @Override
  protected void perform(ClientMessage message, Principal principal) {
    switch (message.kind()) {
      case "ping" -> {
        var _ = message.as(Ping.class);
        connection.send(PONG);
      }
      case "subscribe" -> subscribe(message.as(Subscribe.class), principal);
      case "unsubscribe" -> {
        var named = message.as(Unsubscribe.class);
        unsubscribe(RequestedIds.of(named.characteristicIds(), named.characteristicId()));
      }
      default -> error("Unknown message type; known are " + TYPES, null);
    }
  }

  private void subscribe(Subscribe request, Principal principal) {
    var ids = RequestedIds.of(request.characteristicIds(), request.characteristicId());
    subscribe(ids, since(ids, request.since()), principal);
  }

  /** Where the client was: one cursor, or one for each characteristic. */
  private static Map<Long, SpcCursor> since(RequestedIds ids, @Nullable JsonNode since) {
    var places = new HashMap<Long, SpcCursor>();
    if (since == null || since.isNull()) {
      return places;
    }
    if (!since.isObject() && !since.isString()) {
      throw new HeadwayException(
          ErrorCode.INVALID_INPUT,
          "since must be a cursor, or an object with the cursor of each characteristic");
    }
    for (var id : ids.valid()) {
      var text = since.isObject() ? since.path(id.toString()).asString("") : since.asString("");
      SpcCursor.parse(text).ifPresent(cursor -> places.put(id, cursor));
    }
    return places;
  }

  private void subscribe(RequestedIds ids, Map<Long, SpcCursor> since, Principal principal) {
    if (refused(ids)) {
      return;
    }
    var all = new HashSet<>(subscriptions.keySet());
    all.addAll(ids.valid());
    if (all.size() > MAX_CHARACTERISTICS) {
      error(TOO_MANY, null);
      return;
    }
    var granted = new LinkedHashMap<Long, Topic>();
    var unknown = new ArrayList<Object>(ids.invalid());
    for (var id : ids.valid()) {
      topics
          .find(id, principal)
          .ifPresentOrElse(topic -> granted.put(id, topic), () -> unknown.add(id));
    }
    unknown(unknown);
    answer("subscribed", List.copyOf(granted.keySet()));
    begin(granted, since);
  }

  private boolean refused(RequestedIds ids) {
    if (ids.count() > MAX_CHARACTERISTICS) {
      error(TOO_MANY, null);
      return true;
    }
    if (ids.count() == 0) {
      error("characteristic_ids must be an array of at least one id", null);
      return true;
    }
    return false;
  }

  private void unknown(List<Object> unknown) {
    var portion = 400;
    for (var from = 0; from < unknown.size(); from += portion) {
      var ids = unknown.subList(from, Math.min(unknown.size(), from + portion));
      error("Unknown characteristics", ids);
    }
  }

  private void begin(Map<Long, Topic> granted, Map<Long, SpcCursor> since) {
    var left = STATE_FRAMES;
    var gaps = new ArrayList<Object>();
    for (var entry : granted.entrySet()) {
      var start = resumeFrames.start(entry.getValue(), since.get(entry.getKey()));
      var frames = start.frames();
      var cut = Math.max(0, frames.size() - left);
      left -= frames.size() - cut;
      if (start.gap() || cut > 0) {
        gaps.add(entry.getKey());
      }
      frames.subList(cut, frames.size()).forEach(connection::send);
      subscribe(entry.getKey(), entry.getValue(), start);
    }
    if (!gaps.isEmpty()) {
      error("Too much to send: earlier samples and violations are to be had by REST", gaps);
    }
  }

  private void subscribe(long id, Topic topic, Resumption start) {
    var earlier = subscriptions.remove(id);
    if (earlier != null) {
      earlier.cancel();
    }
    var watcher = new WatchedCharacteristic(id, topic);
    subscriptions.put(id, connection.subscribe(topic, SpcDialect.INSTANCE, start.from(), watcher));
  }

  private void unsubscribe(RequestedIds ids) {
    if (refused(ids)) {
      return;
    }
    for (var id : ids.valid()) {
      var subscription = subscriptions.remove(id);
      if (subscription != null) {
        subscription.cancel();
      }
    }
    unknown(List.copyOf(ids.invalid()));
    answer("unsubscribed", List.copyOf(ids.valid()));
  }

  private record Answer(String type, List<Long> characteristicIds) {}

  private void answer(String type, List<Long> ids) {
    connection.send(Frame.text(JsonCodec.bytes(new Answer(type, ids))));
  }

  private record ErrorFrame(
      String type, String message, @JsonInclude(Include.NON_NULL) @Nullable List<Object> ids) {}

  private void error(String message, @Nullable List<Object> ids) {
    connection.send(Frame.text(JsonCodec.bytes(new ErrorFrame("error", message, ids))));
  }

  /** A characteristic that is being watched. */
  private final class WatchedCharacteristic implements Connection.Watcher {
    private final long id;
    private final Topic topic;

    WatchedCharacteristic(long id, Topic topic) {
      this.id = id;
      this.topic = topic;
    }

    @Override
    public void fellBehind() {
      if (subscriptions.containsKey(id)) {
        error("Too slow: samples were left out; the present state follows", List.of(id));
        begin(Map.of(id, topic), Map.of());
      }
    }

    @Override
    public void removed() {
      if (subscriptions.remove(id) != null) {
        error("The characteristic was deleted", List.of(id));
      }
    }
  }
}
