package dev.headway.server.transport;

import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.CredentialVerifier.Origin;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.SocketGate;
import dev.headway.server.socket.SocketGate.Admission;
import dev.headway.server.socket.SocketGate.Ask;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Turns an HTTP connection into a WebSocket, when the gate lets the client in. On the loop. */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write that fails closes the channel, which is noticed
final class SocketUpgrade {
  private static final Set<Integer> REFUSALS =
      Set.of(
          CloseCodes.POLICY,
          CloseCodes.TOKEN_EXPIRED,
          CloseCodes.FORBIDDEN,
          CloseCodes.NOT_AUTHENTICATED,
          CloseCodes.REVOKED);

  private final LoopState loop;
  private final ChannelHandlerContext context;
  private final FullHttpRequest request;
  private final QueryStringDecoder target;
  private final String address;
  private final @Nullable String token;
  private final String refusalKey;
  private final Origin origin;

  SocketUpgrade(LoopState loop, ChannelHandlerContext context, FullHttpRequest request) {
    this.loop = loop;
    this.context = context;
    this.request = request;
    this.target = new QueryStringDecoder(request.uri());
    this.address = Headers.address(context.channel().remoteAddress());
    this.token = Headers.token(request, target);
    this.refusalKey =
        target.path() + ' ' + (token == null ? address : Integer.toHexString(token.hashCode()));
    this.origin = loop.shared().origins().clientOf(address, Headers.of(request));
  }

  /** The gate's answer to this request. */
  Admission admission() {
    var headers = request.headers();
    return loop.shared()
        .gate()
        .admit(
            new Ask(
                target.path(),
                headers.get(HttpHeaderNames.ORIGIN),
                headers.get(HttpHeaderNames.HOST, ""),
                token != null,
                Headers.protocols(request),
                refusalKey));
  }

  /** Completes the handshake and begins the session. */
  void accept(Admission.Accepted accepted) {
    var extension = compression();
    var protocol = accepted.protocol().isEmpty() ? null : accepted.protocol();
    var config = decoderConfig(extension != null);
    var handshaker =
        new WebSocketServerHandshakerFactory("ws://headway" + target.path(), protocol, config)
            .newHandshaker(request);
    if (handshaker == null) {
      accepted.slot().release();
      WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
      return;
    }
    var connection = connection(accepted);
    var headers = new DefaultHttpHeaders();
    if (extension != null) {
      connection.compress();
      headers.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, extension);
    }
    connection.observeClose(refusals(loop.shared().gate(), refusalKey));
    var handler =
        new SocketHandler(connection, loop, accepted.endpoint().binary(), accepted.slot()::release);
    context.pipeline().replace(HttpHandler.class, "socket", handler);
    loop.add(connection);
    handshaker.handshake(context.channel(), request, headers, context.newPromise());
    removeUnused(context.pipeline());
    handler.begin(() -> accepted.endpoint().open(connection, handshake(accepted)));
  }

  /* No file comes over a WebSocket, and frames are written as the bytes that they are. */
  private static void removeUnused(ChannelPipeline pipeline) {
    pipeline.remove(Uploads.class);
    pipeline.remove("wsencoder"); // so the handshaker calls it, whatever the version
  }

  /* What is answered to the client's offer of compression, if it is taken. */
  private @Nullable String compression() {
    var offers = request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
    return loop.shared().settings().compressFrom() == 0 ? null : DeflateOffer.answer(offers);
  }

  private WebSocketDecoderConfig decoderConfig(boolean compression) {
    return WebSocketDecoderConfig.newBuilder()
        .maxFramePayloadLength(loop.shared().settings().maxFrame())
        .allowExtensions(compression)
        .closeOnProtocolViolation(
            false) // the handler does, and reads on until the peer has seen it
        .build();
  }

  /* Holds on to nothing else of the request: connections live long, and there are many. */
  private static IntConsumer refusals(SocketGate gate, String key) {
    return code -> {
      if (REFUSALS.contains(code)) {
        gate.refused(key);
      }
    };
  }

  private NettyConnection connection(Admission.Accepted accepted) {
    var settings = loop.shared().settings();
    var idle = accepted.endpoint().idleTimeout();
    var intervals =
        new Pulse.Intervals(
            settings.ping().toMillis(),
            settings.pong().toMillis(),
            (idle == null ? settings.idle() : idle).toMillis(),
            3_000);
    var now = loop.now();
    // Connections made together are pinged apart: the first ping comes somewhere in the interval.
    var spread = Math.floorMod(context.channel().id().hashCode(), Math.max(1, intervals.ping()));
    var pulse = new Pulse(intervals, now, now + spread);
    return new NettyConnection(context.channel(), Framing.WEB_SOCKET, loop, pulse);
  }

  /** Called on a virtual thread: finding out who the client is may block. */
  private Handshake handshake(Admission.Accepted accepted) {
    var query = new HashMap<String, String>();
    target.parameters().forEach((name, values) -> query.put(name, values.getFirst()));
    query.remove("token");
    var verification = loop.shared().verifier().verify(token, origin);
    return new Handshake(
        accepted.path(), Map.copyOf(query), accepted.protocol(), address, verification);
  }
}
