package dev.headway.server.transport.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.EventBody;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Snapshot;
import dev.headway.core.topic.TopicName;
import dev.headway.core.topic.TopicState;
import dev.headway.server.socket.Connection.Watcher;
import dev.headway.server.transport.socket.LoopWithSockets;
import dev.headway.testkit.Ids;
import dev.headway.testkit.Patience;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Events that no dialect can encode: they stop nobody, as the native stream promises. */
final class UnencodableEventTest {
  private final Hub hub =
      new Hub(Clock.systemUTC(), Ids.seeded(Clock.systemUTC()), Hub.Limits.DEFAULT);

  private record Open() implements TopicState {
    @Override
    public boolean ended() {
      return false;
    }
  }

  private record Said(String text, boolean ended) implements EventBody {
    @Override
    public String type() {
      return ended ? "completed" : "said";
    }

    @Override
    public @Nullable String conflationKey() {
      return null;
    }
  }

  private record Fragile() implements Dialect {
    @Override
    public Frame event(Event event) {
      var text = ((Said) event.body()).text();
      if (text.equals("broken")) {
        throw new IllegalStateException("on purpose");
      }
      return Frame.text(text);
    }

    @Override
    public List<Frame> state(Snapshot snapshot) {
      return List.of();
    }
  }

  private record Waiting(CountDownLatch end) implements Watcher {
    @Override
    public void ended() {
      end.countDown();
    }

    @Override
    public void fellBehind() {
      throw new AssertionError("no watcher is that slow here");
    }

    @Override
    public void removed() {
      throw new AssertionError("nothing is removed here");
    }
  }

  private void say(String topic, String text, boolean last) {
    hub.publish(new TopicName("test", topic), new Open(), new Said(text, last));
  }

  private static String read(DataInputStream in) throws IOException {
    assertThat(in.readUnsignedByte()).isEqualTo(0x81);
    var length = in.readUnsignedByte();
    var bytes = in.readNBytes(length == 126 ? in.readUnsignedShort() : length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void event_thatCannotBeEncoded_isAMarkerAndTheRestGoesOn() throws Exception {
    try (var loop = new LoopWithSockets()) {
      say("1", "begin", false);
      say("2", "begin", false);
      var end = new CountDownLatch(1);
      var connection = loop.connect();
      var in = new DataInputStream(loop.client().getInputStream());
      for (var topic : List.of("1", "2")) {
        var live = hub.live(new TopicName("test", topic)).orElseThrow();
        connection.subscribe(
            live, new Fragile(), live.snapshot().cursor().offset(), new Waiting(end));
      }
      say("1", "broken", false);
      assertThat(read(in)).contains("\"type\":\"said\"", "EXECUTION_ERROR");
      say("2", "another topic", false);
      assertThat(read(in)).isEqualTo("another topic");
      say("1", "later", false);
      assertThat(read(in)).isEqualTo("later");
      say("1", "broken", true);
      assertThat(read(in)).contains("\"type\":\"completed\"", "EXECUTION_ERROR");
      assertThat(end.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS))
          .as("the end is told")
          .isTrue();
      assertThat(hub.counts().unencodable()).isEqualTo(2);
    }
  }
}
