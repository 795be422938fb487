package dev.headway.server.transport.http;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.address.TrustedProxies;
import dev.headway.server.http.OriginPolicy;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.ConnectionLimits;
import dev.headway.server.socket.CredentialVerifier;
import dev.headway.server.socket.SocketEndpoint;
import dev.headway.server.socket.SocketGate;
import dev.headway.server.socket.SocketGate.Admission;
import dev.headway.server.socket.SocketSettings;
import dev.headway.server.socket.Verification;
import dev.headway.server.transport.fanout.Framing;
import dev.headway.server.transport.socket.ConnectionLoop;
import dev.headway.server.transport.socket.DeflateOffer;
import dev.headway.server.transport.socket.FrameDecoder;
import dev.headway.server.transport.socket.Heartbeat;
import dev.headway.server.transport.socket.NettyConnection;
import dev.headway.server.transport.socket.SocketHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.time.Duration;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The change from an HTTP connection to a WebSocket. Thread-safe; used on event loops. */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write that fails closes the channel, which is noticed
public final class SocketUpgrade {
  private static final long CLOSE_MS = 3_000;
  private static final Duration WAIT = Duration.ofSeconds(5);

  private static final Set<Integer> REFUSALS =
      Set.of(
          CloseCodes.POLICY,
          CloseCodes.TOKEN_EXPIRED,
          CloseCodes.FORBIDDEN,
          CloseCodes.NOT_AUTHENTICATED,
          CloseCodes.REVOKED);

  private final SocketGate gate;
  private final OriginPolicy origins;
  private final CredentialVerifier verifier;
  private final TrustedProxies proxies;
  private final SocketSettings settings;

  /** The intervals of all endpoints without an idle timeout of their own. */
  private final Heartbeat.Intervals usual;

  /**
   * @param gate admits clients
   * @param origins tells which clients may be anonymous
   * @param verifier verifies their credentials
   * @param proxies say where their clients are
   */
  public SocketUpgrade(
      SocketGate gate,
      OriginPolicy origins,
      CredentialVerifier verifier,
      TrustedProxies proxies,
      SocketSettings settings) {
    this.gate = gate;
    this.origins = origins;
    this.verifier = verifier;
    this.proxies = proxies;
    this.settings = settings;
    this.usual = intervals(settings, settings.idle());
  }

  /** The upgrade that a request asks for. */
  UpgradeRequest asked(Channel channel, FullHttpRequest request) {
    return new UpgradeRequest(channel, request, proxies);
  }

  /** The answer to a request for an upgrade. */
  Admission admission(UpgradeRequest request) {
    try {
      request.check(origins);
      return gate.admit(request.socketRequest());
    } catch (HeadwayException refusal) {
      return new Admission.Rejected(refusal);
    }
  }

  /**
   * Completes the handshake and begins the session.
   *
   * @throws HeadwayException RATE_LIMITED when too many clients have shown no credentials yet
   */
  void accept(
      ChannelHandlerContext context,
      ConnectionLoop loop,
      UpgradeRequest request,
      Admission.Accepted accepted) {
    var unverified = unverifiedSlot(loop, request, accepted);
    var compression = compression(request);
    var connection = connection(context.channel(), loop, accepted.endpoint());
    var config = decoding(compression != null);
    var handshaker = new Handshaker(request.path(), accepted.protocol(), config, connection);
    connection.keep(accepted.slot());
    if (request.showsToken() || !accepted.endpoint().takesTokenAsMessage()) {
      connection.observeClose(refusals(gate, request.refusalKey()));
    }
    if (unverified != null) {
      connection.keepUntilVerified(unverified);
    }
    var headers = new DefaultHttpHeaders();
    if (compression != null) {
      connection.compress();
      headers.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, compression);
    }
    var handler = new SocketHandler(connection, loop, settings, accepted.endpoint().binary());
    context.pipeline().replace(context.handler(), "socket", handler);
    loop.add(connection);
    handshaker.handshake(context.channel(), request.request(), headers, context.newPromise());
    removeUnused(context.pipeline());
    handler.begin(
        () -> accepted.endpoint().open(connection, request.handshake(accepted, verifier, origins)));
  }

  /* Clients that have shown nothing have a few connections of their own; null for all others. */
  private ConnectionLimits.@Nullable Slot unverifiedSlot(
      ConnectionLoop loop, UpgradeRequest request, Admission.Accepted accepted) {
    if (request.showsToken()
        || verifier.verify(null, request.origin(origins)) instanceof Verification.Valid) {
      return null;
    }
    var slot = loop.limits().acquireUnverified(request.address());
    if (slot == null) {
      accepted.slot().release();
      throw HeadwayException.later(
          ErrorCode.RATE_LIMITED,
          "Too many connections without a token; show one with the handshake",
          WAIT);
    }
    return slot;
  }

  /* No file comes over a WebSocket, and frames are written as the bytes that they are. */
  private static void removeUnused(ChannelPipeline pipeline) {
    pipeline.remove(ConnectionCount.class);
    pipeline.remove(RequestDeadline.class);
    pipeline.remove(BodyLimit.class);
    pipeline.remove(Uploads.class);
    pipeline.remove("wsencoder"); // so the handshaker calls it, whatever the version
  }

  /* The answer to the client's offer of compression; null for none. */
  private @Nullable String compression(UpgradeRequest request) {
    var offers = request.request().headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
    return settings.compressFrom() == 0 ? null : DeflateOffer.answer(offers);
  }

  private WebSocketDecoderConfig decoding(boolean compression) {
    return WebSocketDecoderConfig.newBuilder()
        .maxFramePayloadLength(settings.maxFrame())
        .allowExtensions(compression)
        // The handler closes, and reads on until the peer has seen it.
        .closeOnProtocolViolation(false)
        .build();
  }

  /** The handshake of version 13 (RFC 6455). */
  private static final class Handshaker extends WebSocketServerHandshaker13 {
    private final NettyConnection connection;

    Handshaker(
        String path, String protocol, WebSocketDecoderConfig config, NettyConnection connection) {
      super("ws://headway" + path, protocol.isEmpty() ? null : protocol, config);
      this.connection = connection;
    }

    @Override
    protected WebSocketFrameDecoder newWebsocketDecoder() {
      return new FrameDecoder(decoderConfig(), connection);
    }
  }

  /* Holds on to nothing else of the request: connections live long, and there are many. */
  private static IntConsumer refusals(SocketGate gate, String key) {
    return code -> {
      if (REFUSALS.contains(code)) {
        gate.refused(key);
      }
    };
  }

  private static Heartbeat.Intervals intervals(SocketSettings settings, Duration idle) {
    return new Heartbeat.Intervals(
        settings.ping().toMillis(), settings.pong().toMillis(), idle.toMillis(), CLOSE_MS);
  }

  private NettyConnection connection(
      Channel channel, ConnectionLoop loop, SocketEndpoint endpoint) {
    var idle = endpoint.idleTimeout();
    var intervals = idle == null ? usual : intervals(settings, idle);
    var now = loop.now();
    // Connections that are made together are pinged apart.
    var spread = Math.floorMod(channel.id().hashCode(), Math.max(1, intervals.ping()));
    var heartbeat = new Heartbeat(intervals, now, now + spread);
    return new NettyConnection(channel, Framing.WEB_SOCKET, loop, heartbeat);
  }
}
