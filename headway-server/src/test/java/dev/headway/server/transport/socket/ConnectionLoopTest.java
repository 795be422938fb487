package dev.headway.server.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Principal;
import dev.headway.core.account.Role;
import dev.headway.core.topic.Frame;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.CloseCounts;
import dev.headway.server.socket.Connection.Expiry;
import dev.headway.testkit.ManualClock;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks of connections that are looked at only when something is due. */
final class ConnectionLoopTest {
  private static final long TICK = 250;

  private final ManualClock wallClock = ManualClock.atNoon();
  private final AtomicLong millis = new AtomicLong(5_000);
  private boolean revoked;
  private int asked;
  private final LoopWithSockets loop = new LoopWithSockets(this::holds, wallClock, millis::get);

  @AfterEach
  void close() throws IOException {
    loop.close();
  }

  /* Asked on the loop, and set there. */
  private boolean holds(Principal who) {
    asked++;
    return !revoked;
  }

  private Principal user(@Nullable Duration lasting) {
    var now = wallClock.instant();
    var end = lasting == null ? null : now.plus(lasting);
    var shown = new Principal.Credential("token", now, end);
    return new Principal.Known(1, "ada@example.org", Role.USER, Set.of(), shown);
  }

  /* The loop's own timer ticks in real time, but these clocks move only here. */
  private void pass(long time) throws Exception {
    for (var passed = 0L; passed < time; passed += TICK) {
      loop.onLoop(() -> {
        wallClock.advance(Duration.ofMillis(TICK));
        millis.addAndGet(TICK);
        loop.state().tick();
        return true;
      });
    }
  }

  private int asked() throws Exception {
    return loop.onLoop(() -> asked);
  }

  private void expectClose(int code) throws IOException {
    expectClose(loop.client(), code);
  }

  private static void expectClose(Socket client, int code) throws IOException {
    var in = new DataInputStream(client.getInputStream());
    assertThat(in.readUnsignedByte()).isEqualTo(0x88);
    assertThat(in.readUnsignedByte()).isGreaterThan(2);
    assertThat(in.readUnsignedShort()).isEqualTo(code);
  }

  @Test
  void credential_thatEnds_closesWithTheNextTickAndNotBefore() throws Exception {
    var connection = loop.open();
    connection.adopt(user(Duration.ofMillis(1_900)), Expiry.NATIVE);

    pass(1_750);
    assertThat(connection.open()).isTrue();
    pass(TICK);
    expectClose(4401);
  }

  @Test
  void credential_replacedByAShorterOne_closesAtTheEndOfThat() throws Exception {
    var connection = loop.open();
    connection.adopt(user(Duration.ofHours(1)), Expiry.NATIVE);
    pass(5_000);
    connection.adopt(user(Duration.ofSeconds(2)), Expiry.POLICY);
    pass(1_750);
    assertThat(connection.open()).isTrue();

    pass(TICK);
    expectClose(1008);
  }

  @Test
  void credential_whoseEndTheWallClockIsSetPast_closesWithTheNextTick() throws Exception {
    loop.open().adopt(user(Duration.ofMinutes(10)), Expiry.NATIVE);
    pass(5_000);
    wallClock.advance(Duration.ofMinutes(10));

    pass(TICK);
    expectClose(4401);
  }

  @Test
  void credential_revokedWhileNobodyLooks_closesWithTheNextTick() throws Exception {
    loop.open().adopt(user(null), Expiry.NATIVE);
    pass(5_000);
    loop.onLoop(() -> revoked = true);
    loop.state().checkCredentials();

    pass(TICK);
    expectClose(4410);
  }

  @Test
  void credential_whileNothingIsRevoked_isNotAskedForWithEveryTick() throws Exception {
    loop.open().adopt(user(null), Expiry.NATIVE);
    pass(TICK);
    assertThat(asked()).isEqualTo(1);

    pass(80 * TICK);
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void credential_adoptedAfterItWasRevoked_closesWithTheNextTick() throws Exception {
    var connection = loop.open();
    loop.onLoop(() -> revoked = true);
    loop.state().checkCredentials();
    pass(5_000);
    connection.adopt(user(null), Expiry.NATIVE);

    pass(TICK);
    expectClose(4410);
  }

  @Test
  void heartbeat_addedWhileNobodyLooks_isSentInTime() throws Exception {
    var connection = loop.open();
    pass(5_000);
    connection.heartbeat(Duration.ofMillis(600), false, () -> Frame.text("beat"));

    pass(750);
    var in = loop.client().getInputStream();
    assertThat(in.readNBytes(6)).endsWith("beat".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void close_thatIsNotAnswered_endsTheConnection() throws Exception {
    var connection = loop.open();
    pass(5_000);
    connection.close(1000, "bye");

    pass(25_000);
    expectClose(1000);
    assertThat(loop.client().getInputStream().skip(3)).isEqualTo(3);
    assertThat(loop.client().getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void connection_usedAfterItsLoopHasEnded_isLeftAsItIs() throws Exception {
    var connection = loop.open();
    loop.close();

    connection.send(Frame.text("late"));
    connection.close(1000, "late");
    connection.after(Duration.ofSeconds(1), () -> {}).cancel();
    assertThat(connection.open()).isFalse();
  }

  @Test
  void send_toAPeerThatIsGone_isNotCountedAsTooSlow() throws Exception {
    var connection = loop.open();
    loop.onLoop(() -> {
      loop.channel()
          .unsafe()
          .close(loop.channel().voidPromise()); // heard of after what is done here
      connection.send(Frame.text("hello"));
      connection.gone();
      return true;
    });

    var closes = loop.state().closes();
    assertThat(closes.of(CloseCounts.Side.SERVER, CloseCodes.TOO_SLOW)).isZero();
    assertThat(closes.of(CloseCounts.Side.CLIENT, CloseCodes.ABNORMAL)).isOne();
  }

  /** A connection that counts its closing. */
  private static final class Closing extends ConnectionLoop.Member {
    private final AtomicInteger closed;

    Closing(AtomicInteger closed) {
      this.closed = closed;
    }

    @Override
    long look(long now, long wallClock) {
      return now + 60_000;
    }

    @Override
    public void close(int code, String reason) {
      closed.incrementAndGet();
    }

    @Override
    void abort() {
      throw new AssertionError("nothing is closed at once here");
    }
  }

  @Test
  void leave_withManyConnections_closesThemInWaves() throws Exception {
    var closed = new AtomicInteger();
    var connections = Stream.generate(() -> new Closing(closed)).limit(250).toList();
    loop.onLoop(() -> {
      connections.forEach(loop.state()::add);
      return true;
    });

    var gone = loop.state().leave(1012, "The server is leaving");

    assertThat(loop.onLoop(closed::get)).isEqualTo(100);
    pass(TICK);
    assertThat(closed).hasValue(200);
    pass(TICK);
    assertThat(closed).hasValue(250);
    assertThat(gone).isNotDone();
    loop.onLoop(() -> {
      connections.forEach(loop.state()::remove);
      return true;
    });
    assertThat(gone).isDone();
  }

  @Test
  void end_whateverIsOpen_isClosedBeforeTheLoopEnds() throws Exception {
    loop.open();
    var socket = loop.client();
    var _ = loop.connect();
    loop.onLoop(() -> {
      loop.state().addHttp(loop.channel());
      return true;
    });

    loop.state().end().join();

    assertThat(socket.getInputStream().read()).as("of the WebSocket").isEqualTo(-1);
    assertThat(loop.client().getInputStream().read()).as("of the other").isEqualTo(-1);
    assertThat(loop.loop().isShuttingDown()).isFalse();
  }

  @Test
  void heartbeat_thatCannotBeMade_closesThatConnectionAndNoOther() throws Exception {
    var broken = loop.open();
    var client = loop.client();
    broken.heartbeat(
        Duration.ofMillis(600),
        false,
        () -> {
          throw new AssertionError("on purpose");
        });
    loop.open().heartbeat(Duration.ofMillis(900), false, () -> Frame.text("beat"));

    pass(1_000);
    assertThat(loop.client().getInputStream().readNBytes(6))
        .endsWith("beat".getBytes(StandardCharsets.US_ASCII));
    expectClose(client, CloseCodes.INTERNAL);
  }

  @Test
  void action_thatFails_closesTheConnectionAndLetsTheNextRun() throws Exception {
    var connection = loop.open();
    var ran = new AtomicInteger();
    connection
        .actions()
        .execute(() -> {
          throw new AssertionError("on purpose");
        });
    connection.actions().execute(ran::incrementAndGet);

    expectClose(CloseCodes.INTERNAL);
    assertThat(ran).hasValue(1);
  }
}
