package dev.headway.client.stream;

import dev.headway.client.http.ClientException;
import dev.headway.client.http.Json;
import dev.headway.client.http.ProtocolException;
import dev.headway.client.http.Rest;
import dev.headway.client.http.Tokens;
import dev.headway.client.link.ConnectionEnd;
import dev.headway.client.link.Link;
import dev.headway.client.link.ReconnectAdvice;
import dev.headway.client.link.Reconnects;
import dev.headway.client.link.WebSocketDialer;
import dev.headway.client.time.Scheduler.Timer;
import dev.headway.client.time.SerialExecutor;
import dev.headway.client.time.Timing;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The native stream: all watches of a client over one connection, which reconnects and resumes by
 * itself. Thread-safe.
 */
public final class TopicStream implements AutoCloseable {
  /*
   * A state machine on a serial executor, the loop: calls, timers and what the link reports are
   * posted to it, so that none of its fields needs a lock. A link's reports carry the link's number
   * and are dropped once another link has taken its place.
   */
  private static final Logger LOG = LoggerFactory.getLogger(TopicStream.class);
  private static final Duration HELLO_WITHIN = Duration.ofSeconds(15);
  private static final Duration STABLE_AFTER = Duration.ofSeconds(10);
  private static final Duration TOKEN_POLL = Duration.ofSeconds(15);
  private static final Duration WEBSOCKET_AGAIN_AFTER = Duration.ofMinutes(10);

  private final Rest rest;
  private final Link.Dialer webSocket;
  private final Link.Dialer events;
  private final Timing timing;
  private final SerialExecutor loop;
  private final Frames frames = new Frames();
  private final Subscriptions subscriptions = new Subscriptions();
  private final Reconnects reconnects;
  private final Watchdog watchdog;

  private @Nullable Link link;
  private long linkNumber;
  private boolean live;
  private boolean waiting;
  private boolean closed;
  private @Nullable String tokenInUse;
  private Instant webSocketAgainAt = Instant.MIN;
  private boolean greeted = true;
  private Timer connectTimer = Timer.NONE;
  private Timer stableTimer = Timer.NONE;
  private Timer tokenTimer = Timer.NONE;

  /** A stream of the server that {@code rest} calls. */
  public TopicStream(Rest rest, HttpClient http, Timing timing) {
    this(
        rest,
        new WebSocketDialer(http, socket(rest.uri("/api/v1/stream")), rest::token),
        new SseDialer(rest, timing.scheduler()),
        timing);
  }

  TopicStream(Rest rest, Link.Dialer webSocket, Link.Dialer events, Timing timing) {
    this.rest = rest;
    this.webSocket = webSocket;
    this.events = events;
    this.timing = timing;
    this.loop =
        new SerialExecutor(task -> {
          var unused = timing.scheduler().schedule(Duration.ZERO, task);
        });
    this.reconnects = new Reconnects(timing.random());
    this.watchdog = new Watchdog(timing, loop, this::serverAnswers);
  }

  private static URI socket(URI uri) {
    return URI.create(uri.toString().replaceFirst("^http", "ws"));
  }

  /** Connects over the native stream's WebSocket: for what is not about watching. */
  public Link.Dialer webSocket() {
    return webSocket;
  }

  /** Watches topics; the listener hears of them until the watch is closed. */
  public Watch watch(Collection<Interest> interests, WatchListener listener) {
    var watch = new ListenerWatch(this, listener);
    interests.forEach(watch::add);
    return watch;
  }

  void add(Interest interest, WatchListener listener) {
    post(() -> {
      var request = subscriptions.add(interest, listener);
      if (live) {
        send(request == null ? List.of() : frames.watch(List.of(request)));
      } else if (link == null && !waiting) {
        connect();
      }
    });
  }

  void remove(Topic topic, WatchListener listener) {
    post(() -> removeNow(topic, listener));
  }

  void removeAll(WatchListener listener) {
    post(() -> subscriptions.topicsOf(listener).forEach(topic -> removeNow(topic, listener)));
  }

  private void removeNow(Topic topic, WatchListener listener) {
    var last = subscriptions.remove(topic, listener);
    if (last && live && !subscriptions.isEmpty()) {
      send(List.of(frames.unwatch(topic)));
    }
    if (subscriptions.isEmpty()) {
      disconnect();
    }
  }

  void cancel(Topic topic) {
    post(() -> {
      if (live) {
        send(List.of(frames.cancel(topic)));
      }
    });
  }

  /** Takes up a token that has just been replaced, without waiting for the old one to end. */
  public void tokenReplaced() {
    post(this::renewToken);
  }

  /** Closes the connection; listeners are not called any more. */
  @Override
  public void close() {
    post(() -> {
      closed = true;
      disconnect();
    });
  }

  private void post(Runnable task) {
    loop.execute(() -> {
      if (!closed) {
        task.run();
      }
    });
  }

  private Timer later(Duration delay, Runnable task) {
    return timing.scheduler().schedule(delay, () -> post(task));
  }

  private void disconnect() {
    dropLink();
    connectTimer.cancel();
    waiting = false;
  }

  private void dropLink() {
    linkNumber++;
    live = false;
    stableTimer.cancel();
    tokenTimer.cancel();
    watchdog.stop();
    if (link != null) {
      link.abort();
      link = null;
    }
  }

  private void connect() {
    waiting = false;
    if (subscriptions.isEmpty() || link != null) {
      return;
    }
    var number = ++linkNumber;
    tokenInUse = rest.token();
    link = dialer().dial(new Reports(number));
    stableTimer = later(HELLO_WITHIN, () -> noHello(number));
  }

  private Link.Dialer dialer() {
    return overWebSocket() ? webSocket : events;
  }

  private boolean overWebSocket() {
    return !timing.clock().instant().isBefore(webSocketAgainAt);
  }

  private void noHello(long number) {
    if (number != linkNumber || live) {
      return;
    }
    // Twice in a row: something between here and the server swallows frames.
    if (!greeted && overWebSocket()) {
      webSocketAgainAt = timing.clock().instant().plus(WEBSOCKET_AGAIN_AFTER);
    }
    greeted = false;
    ended(new ConnectionEnd.Lost("the server did not say hello"));
  }

  /** A listener that passes a link's calls to the loop. */
  private final class Reports implements Link.Listener {
    private final long number;

    Reports(long number) {
      this.number = number;
    }

    @Override
    public void onText(String text, Runnable next) {
      loop.execute(() -> {
        try {
          if (number == linkNumber && !closed) {
            watchdog.heard();
            frame(text);
          }
        } finally {
          next.run();
        }
      });
    }

    @Override
    public void onAlive() {
      post(() -> {
        if (number == linkNumber) {
          watchdog.heard();
        }
      });
    }

    @Override
    public void onEnd(ConnectionEnd ending) {
      post(() -> {
        if (number == linkNumber) {
          ended(ending);
        }
      });
    }
  }

  private void frame(String text) {
    try {
      var frame = Json.parse(text);
      if (frame.isArray()) {
        frame.forEach(this::frame);
      } else {
        frame(frame);
      }
    } catch (ProtocolException | IllegalArgumentException e) {
      LOG.warn("A frame was not understood and is left out: {}", e.getMessage());
    }
  }

  private void frame(JsonNode frame) {
    if (frame.has("hello")) {
      greeted(frame);
    } else if (frame.has("watching") || frame.has("refused")) {
      subscriptions.watching(frame);
    } else if (frame.has("topic") && frame.has("type")) {
      subscriptions.event(frame);
    } else if (frame.has("notice")) {
      notice(frame.path("notice").asString(""));
    } else if (frame.has("error")) {
      LOG.warn("The server refused a request of the stream: {}", frame.path("error"));
    }
  }

  private void notice(String notice) {
    var state =
        notice.equals("degraded")
            ? new ConnectionState.Degraded()
            : new ConnectionState.Connected(overWebSocket());
    subscriptions.tellAll(listener -> listener.onConnection(state));
  }

  private void greeted(JsonNode hello) {
    live = true;
    greeted = true;
    reconnects.window(hello.path("reconnect"));
    stableTimer.cancel();
    stableTimer = later(STABLE_AFTER, reconnects::stable);
    watchdog.start(Duration.ofSeconds(hello.path("ping_seconds").asLong(0)), this::silent);
    scheduleRenewal();
    var connected = new ConnectionState.Connected(overWebSocket());
    subscriptions.tellAll(listener -> listener.onConnection(connected));
    send(frames.watch(subscriptions.outstanding()));
  }

  private void send(List<String> texts) {
    var present = link;
    if (present != null) {
      texts.forEach(present::send);
    }
  }

  private void silent(Watchdog.Finding finding) {
    switch (finding) {
      case SUSPECTED -> send(List.of(frames.ping()));
      case CONNECTION_DEAD -> {
        dropLink();
        waitAndConnect(Duration.ZERO, "the connection fell silent");
      }
      case SERVER_AWAY -> ended(new ConnectionEnd.Lost("the server fell silent"));
    }
  }

  private boolean serverAnswers() {
    try {
      rest.get("/health");
      return true;
    } catch (ClientException ignored) {
      return false;
    }
  }

  private void ended(ConnectionEnd ending) {
    var advice = ending.advice();
    dropLink();
    if (advice == ReconnectAdvice.NEW_TOKEN && Objects.equals(tokenInUse, rest.token())) {
      var refused = new ConnectionState.TokenRefused(ending.reason());
      subscriptions.tellAll(listener -> listener.onConnection(refused));
      waiting = true;
      connectTimer = later(TOKEN_POLL, this::connectWithNewToken);
      return;
    }
    if (advice == ReconnectAdvice.WITHOUT_WEBSOCKET && overWebSocket()) {
      webSocketAgainAt = timing.clock().instant().plus(WEBSOCKET_AGAIN_AFTER);
    }
    waitAndConnect(reconnects.after(advice, ending), ending.reason());
  }

  private void waitAndConnect(Duration wait, String reason) {
    var news = new ConnectionState.Reconnecting(wait, reason);
    subscriptions.tellAll(listener -> listener.onConnection(news));
    waiting = true;
    connectTimer = later(wait, this::connect);
  }

  private void connectWithNewToken() {
    if (Objects.equals(tokenInUse, rest.token())) {
      connectTimer = later(TOKEN_POLL, this::connectWithNewToken);
    } else {
      connect();
    }
  }

  private void scheduleRenewal() {
    var token = tokenInUse;
    if (token == null) {
      return;
    }
    Tokens.renewalTime(token)
        .ifPresent(time -> {
          var wait = Duration.between(timing.clock().instant(), time).plusMillis(1);
          tokenTimer = later(wait.isNegative() ? TOKEN_POLL : wait, this::renewToken);
        });
  }

  private void renewToken() {
    tokenTimer.cancel();
    var fresh = rest.token();
    if (fresh != null && !fresh.equals(tokenInUse)) {
      if (live) {
        tokenInUse = fresh;
        send(List.of(frames.auth(fresh)));
      } else if (link == null && waiting) {
        connectTimer.cancel();
        connect();
      }
    }
    if (live) {
      scheduleRenewal();
    }
  }
}
