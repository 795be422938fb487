package dev.headway.server.transport.http;

import dev.headway.server.http.BodyFile;
import dev.headway.server.http.Response;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpRequest;

/** A request whose body went to the disk, or was refused before it had arrived. */
final class UploadedRequest extends DefaultFullHttpRequest {
  /** The outcome of an upload. */
  sealed interface Outcome {
    /** It is there; whoever takes the request closes it. */
    record Stored(BodyFile file) implements Outcome {}

    /** It is not wanted; more of it may be under way. */
    record Refused(Response answer) implements Outcome {}
  }

  private final Outcome outcome;

  UploadedRequest(HttpRequest head, Outcome outcome) {
    super(
        head.protocolVersion(),
        head.method(),
        head.uri(),
        Unpooled.EMPTY_BUFFER,
        head.headers(),
        EmptyHttpHeaders.INSTANCE);
    this.outcome = outcome;
  }

  /** Passes on a refusal in place of a request whose body is not taken. */
  static void refuse(ChannelHandlerContext context, HttpRequest head, Response answer) {
    context.fireChannelRead(new UploadedRequest(head, new Outcome.Refused(answer)));
  }

  Outcome outcome() {
    return outcome;
  }
}
