package dev.headway.server.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.address.TrustedProxies;
import dev.headway.server.http.Response;
import dev.headway.server.limit.ClientKey;
import dev.headway.server.limit.Quota;
import dev.headway.server.limit.RefusalReason;
import dev.headway.server.limit.Refusals;
import dev.headway.server.socket.ConnectionLimits;
import dev.headway.server.transport.http.UploadedRequest.Outcome;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class BodyLimitTest {
  private static final int KILOBYTE = 1_024;

  private final Refusals refusals = new Refusals();
  private final ConnectionLimits limits =
      new ConnectionLimits(ConnectionLimits.Settings.DEFAULT, refusals);
  private final Quota<ClientKey> bodies = new Quota<>(150 * KILOBYTE, 100 * KILOBYTE);

  /** A connection on which a request has begun. */
  private final class Sender {
    private final BodyLimit limit =
        new BodyLimit(new FixedAnswers(1 << 20), bodies, TrustedProxies.NONE, limits);
    private final EmbeddedChannel channel = new EmbeddedChannel(limit);

    Sender begin() {
      channel.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/jobs"));
      return this;
    }

    Sender send(int kilobytes) {
      for (var sent = 0; sent < kilobytes; sent++) {
        channel.writeInbound(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[KILOBYTE])));
      }
      return this;
    }

    /** The text of the refusal; empty when there was none. */
    String refusal() {
      var found = "";
      for (var read = channel.readInbound(); read != null; read = channel.readInbound()) {
        if (read instanceof UploadedRequest request
            && request.outcome() instanceof Outcome.Refused(Response.Whole answer)) {
          found = new String(answer.body(), StandardCharsets.UTF_8);
        }
        ReferenceCountUtil.release(read);
      }
      return found;
    }
  }

  @Test
  void bodies_ofAClientOverItsShare_areRefusedUntilOneIsAnswered() {
    var first = new Sender().begin().send(80);
    var second = new Sender().begin().send(80);

    assertThat(first.refusal()).isEmpty();
    assertThat(second.refusal()).isEqualTo("RATE_LIMITED");
    assertThat(refusals.of(RefusalReason.BODIES)).isEqualTo(1);

    first.channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
    first.limit.answered();
    second.channel.close().syncUninterruptibly();
    assertThat(new Sender().begin().send(90).refusal()).isEmpty();
  }

  @Test
  void bodies_overTheShareOfAll_areRefused() {
    bodies.take(ClientKey.at("203.0.113.7"), 100 * KILOBYTE);

    assertThat(new Sender().begin().send(80).refusal()).isEqualTo("UNAVAILABLE");
  }

  @Test
  void body_whoseSenderGoes_leavesNothingCounted() {
    var sender = new Sender().begin().send(80);
    assertThat(bodies.total()).isPositive();

    sender.channel.close().syncUninterruptibly();

    assertThat(bodies.total()).isZero();
    assertThat(bodies.held()).isEmpty();
  }

  @Test
  void body_thatIsSmall_isNotCounted() {
    new Sender().begin().send(8);

    assertThat(bodies.total()).isZero();
  }
}
