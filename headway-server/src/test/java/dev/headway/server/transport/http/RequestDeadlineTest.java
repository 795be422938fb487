package dev.headway.server.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.http.Response;
import dev.headway.server.transport.http.UploadedRequest.Outcome;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of requests that take too long to arrive. */
final class RequestDeadlineTest {
  private final RequestDeadline deadline = new RequestDeadline(new FixedAnswers(1_000));
  private final EmbeddedChannel channel = new EmbeddedChannel();

  @BeforeEach
  void begin() {
    channel.freezeTime();
    channel.pipeline().addLast(deadline);
  }

  private void pass(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }

  private void sendHead() {
    channel.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/"));
    channel.readInbound();
  }

  private void sendBytes(int count) {
    channel.writeInbound(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[count])));
    channel.<DefaultHttpContent>readInbound().release();
  }

  private void sendEnd() {
    channel.writeInbound(new DefaultLastHttpContent());
    channel.<DefaultLastHttpContent>readInbound().release();
  }

  private String refusal() {
    UploadedRequest refused = channel.readInbound();
    if (refused != null && refused.outcome() instanceof Outcome.Refused(Response.Whole answer)) {
      return new String(answer.body(), StandardCharsets.UTF_8);
    }
    return "none";
  }

  @Test
  void connection_thatStaysSilent_isClosedAfterAMinute() {
    pass(55);
    assertThat(channel.isOpen()).isTrue();
    pass(10);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void body_thatPauses_isRefused() {
    sendHead();
    pass(25);
    sendBytes(1);
    pass(25);
    assertThat(refusal()).isEqualTo("none");
    pass(10);
    assertThat(refusal()).isEqualTo("REQUEST_TIMEOUT");
  }

  @Test
  void body_thatDrips_isRefusedAfterAMinute() {
    sendHead();
    for (var at = 0; at < 6; at++) {
      sendBytes(1);
      pass(10);
    }
    pass(5);
    assertThat(refusal()).isEqualTo("REQUEST_TIMEOUT");
  }

  @Test
  void body_thatIsLargeAndSteady_isNotRefused() {
    sendHead();
    for (var at = 0; at < 20; at++) {
      sendBytes(20_000);
      pass(10);
    }
    assertThat(refusal()).isEqualTo("none");
    sendEnd();
  }

  @Test
  void connection_whoseAnswerTakesLong_staysOpen() {
    sendHead();
    sendEnd();
    pass(600);
    assertThat(channel.isOpen()).isTrue();

    deadline.answered(channel.pipeline().firstContext());
    pass(65);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void connection_whoseAnswerIsReadSlowly_staysOpenForAQuarterOfAnHour() {
    sendHead();
    sendEnd();
    deadline.answered(channel.pipeline().firstContext());
    writable(false);
    pass(600);
    writable(true);
    pass(55);
    assertThat(channel.isOpen()).isTrue();

    writable(false);
    pass(400);
    assertThat(channel.isOpen()).isFalse();
  }

  private void writable(boolean writable) {
    Objects.requireNonNull(channel.unsafe().outboundBuffer())
        .setUserDefinedWritability(1, writable);
  }
}
