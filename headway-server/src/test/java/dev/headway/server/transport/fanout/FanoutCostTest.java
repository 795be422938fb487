package dev.headway.server.transport.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.EventBody;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Snapshot;
import dev.headway.core.topic.Topic;
import dev.headway.core.topic.TopicName;
import dev.headway.core.topic.TopicState;
import dev.headway.server.socket.Connection.Watcher;
import dev.headway.server.transport.socket.LoopWithSockets;
import dev.headway.testkit.Ids;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The cost of a delivery in memory, and its bytes on the short way. Bytes are counted, not seconds:
 * the numbers are the same on every machine.
 */
final class FanoutCostTest {
  private static final int WATCHERS = 60;
  private static final int MESSAGES = 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Hub hub =
      new Hub(Clock.systemUTC(), Ids.seeded(Clock.systemUTC()), Hub.Limits.DEFAULT);

  private record Open() implements TopicState {
    @Override
    public boolean ended() {
      return false;
    }
  }

  private record Said(String text) implements EventBody {
    @Override
    public String type() {
      return "said";
    }

    @Override
    public @Nullable String conflationKey() {
      return null;
    }

    @Override
    public boolean ended() {
      return false;
    }
  }

  private record Plain() implements Dialect {
    @Override
    public Frame event(Event event) {
      return Frame.text(((Said) event.body()).text());
    }

    @Override
    public List<Frame> state(Snapshot snapshot) {
      return List.of();
    }
  }

  private record Silent() implements Watcher {
    @Override
    public void fellBehind() {
      throw new AssertionError("nobody is that slow here");
    }

    @Override
    public void removed() {
      throw new AssertionError("nothing is removed here");
    }
  }

  private Topic say(String text) {
    var name = new TopicName("test", "1");
    hub.publish(name, new Open(), new Said(text));
    return hub.live(name).orElseThrow();
  }

  private static Audience audience(LoopWithSockets loop, Topic topic) throws Exception {
    var counts = new DeliveryCounts(Clock.systemUTC());
    var audience = new Audience(topic, new Encoding(new Plain(), Framing.WEB_SOCKET), counts);
    for (var at = 0; at < WATCHERS; at++) {
      var outlet = loop.outlet(loop.connect());
      audience.add(new Subscription(outlet, new Silent(), topic.head()));
    }
    return audience;
  }

  @Test
  void delivery_toEachFurtherWatcher_allocatesNothing() throws Exception {
    try (var loop = new LoopWithSockets()) {
      var topic = say("begin");
      var audience = audience(loop, topic);
      var bytes = Long.MAX_VALUE;
      for (var at = 0; at < MESSAGES; at++) {
        say("message " + at);
        // The least of them: what the JVM itself allocates once, when code is first linked, is no
        // delivery's cost.
        bytes = Math.min(bytes, loop.onLoop(() -> afterTheFirst(audience)));
      }
      assertThat(bytes).as("allocated for %d deliveries of one message", WATCHERS - 1).isZero();
    }
  }

  private static long afterTheFirst(Audience audience) {
    audience.beginPass();
    assertThat(audience.serve(1, 1)).isZero();
    var before = THREADS.getCurrentThreadAllocatedBytes();
    var left = audience.serve(WATCHERS, 1);
    var after = THREADS.getCurrentThreadAllocatedBytes();
    assertThat(left).isEqualTo(1);
    return after - before;
  }

  @Test
  void write_thatTheSocketTakesInPart_arrivesWhole() throws Exception {
    try (var loop = new LoopWithSockets()) {
      var outlet = loop.outlet(loop.connect());
      var bytes = new byte[4 * 1024 * 1024];
      for (var at = 0; at < bytes.length; at++) {
        bytes[at] = (byte) ((at * 31) >> 8);
      }
      var taken =
          loop.onLoop(() -> {
            var shared = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
            outlet.writeShared(shared);
            outlet.writeShared(shared);
            return shared.refCnt();
          });
      assertThat(taken).as("both writes hold on to what the socket has not taken").isEqualTo(3);
      var in = loop.client().getInputStream();
      assertThat(in.readNBytes(bytes.length)).isEqualTo(bytes);
      assertThat(in.readNBytes(bytes.length)).isEqualTo(bytes);
    }
  }

  @Test
  void message_whileSomethingWaitsInTheChannel_doesNotOvertakeIt() throws Exception {
    try (var loop = new LoopWithSockets()) {
      var connection = loop.connect();
      var topic = say("begin");
      var in = loop.client().getInputStream();
      connection.subscribe(topic, new Plain(), topic.snapshot().cursor().offset(), new Silent());
      say("first");
      assertThat(in.readNBytes(7)).endsWith(bytes("first"));
      say("second"); // the channel is known to be free by now
      assertThat(in.readNBytes(8)).endsWith(bytes("second"));

      var large = new byte[4 * 1024 * 1024];
      loop.onLoop(() -> {
        var outlet = loop.outlet(connection);
        outlet.writeShared(Unpooled.directBuffer(large.length).writeBytes(large));
        assertThat(in.readNBytes(large.length / 2)).containsOnly(0); // room in the socket
        return say("third");
      });
      assertThat(in.readNBytes(large.length / 2)).containsOnly(0);
      loop.onLoop(() -> {
        connection.writableAgain();
        return true;
      });
      assertThat(in.readNBytes(7)).endsWith(bytes("third"));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
