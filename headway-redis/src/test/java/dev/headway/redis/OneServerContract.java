package dev.headway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.headway.core.bus.BusRefusedException;
import dev.headway.core.bus.Carrier;
import dev.headway.core.bus.RingBus;
import dev.headway.core.bus.RingBus.Timing;
import dev.headway.core.topic.TopicName;
import dev.headway.testkit.HeardRings;
import dev.headway.testkit.contract.BusContract;
import dev.headway.testkit.net.FaultyProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Everything that a bus over one server must do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OneServerContract extends BusContract {
  private final String program;
  private final RedisServer server;
  private final FaultyProxy proxy;

  /**
   * @param program the server's
   */
  OneServerContract(String program) {
    this.program = program;
    server = RedisServer.started(program);
    proxy = new FaultyProxy(server.port());
  }

  @Override
  protected Carrier sound() {
    return new RedisCarrier(server.address());
  }

  @Override
  protected Carrier faulty() {
    return new RedisCarrier(RedisAddress.parse("redis://127.0.0.1:" + proxy.port()));
  }

  @Override
  protected void silence(boolean on) {
    if (on) {
      proxy.stall();
    } else {
      proxy.resume();
    }
  }

  @Override
  protected void away(boolean on) {
    if (on) {
      proxy.refuse();
    } else {
      proxy.restore();
    }
  }

  @AfterAll
  void stop() {
    proxy.close();
    server.close();
  }

  private static RingBus opened(String address) {
    var carrier = new RedisCarrier(RedisAddress.parse(address));
    return RingBus.open(carrier, "one", Timing.DEFAULT, System::nanoTime);
  }

  @Test
  void restart_ofTheServer_isMended() {
    try (var restarting = RedisServer.started(program);
        var one = opened("redis://127.0.0.1:" + restarting.port());
        var two =
            RingBus.open(
                new RedisCarrier(restarting.address()), "two", Timing.DEFAULT, System::nanoTime)) {
      var heard = new HeardRings();
      two.listen(heard);

      restarting.kill();
      await().untilAsserted(() -> assertThat(heard.all()).contains("interrupted"));
      restarting.start();

      await().untilAsserted(() -> assertThat(heard.all()).contains("restored"));
      await()
          .untilAsserted(() -> {
            one.announce(new TopicName("job", "1"), 7, null);
            assertThat(heard.all()).contains("job:1 7");
          });
    }
  }

  @Test
  void open_passwordNeeded_isRefusedWithTheRemedy() {
    try (var locked = RedisServer.started(program, "requirepass secret")) {
      var address = "127.0.0.1:" + locked.port();

      assertThatThrownBy(() -> opened("redis://" + address))
          .isInstanceOf(BusRefusedException.class)
          .hasMessage(
              "Redis %s/0 refused the user or the password; write redis://user:password@host:6379/0"
                  .formatted(address));
      assertThatThrownBy(() -> opened("redis://:wrong@" + address))
          .isInstanceOf(BusRefusedException.class)
          .hasMessageContaining("refused the user or the password")
          .hasMessageNotContaining("wrong");
      try (var bus = opened("redis://:secret@" + address)) {
        assertThat(bus.ringing()).isTrue();
      }
    }
  }

  @Test
  void open_otherDatabase_isAnotherBus() {
    var base = "redis://127.0.0.1:" + server.port();
    try (var one = opened(base + "/1");
        var two =
            RingBus.open(
                new RedisCarrier(RedisAddress.parse(base + "/2")),
                "two",
                Timing.DEFAULT,
                System::nanoTime)) {
      var heard = new HeardRings();
      var own = new HeardRings();
      two.listen(heard);
      try (var third =
          RingBus.open(
              new RedisCarrier(RedisAddress.parse(base + "/1")),
              "three",
              Timing.DEFAULT,
              System::nanoTime)) {
        third.listen(own);
        one.announce(new TopicName("job", "1"), 1, null);
        await().untilAsserted(() -> assertThat(own.all()).contains("job:1 1"));
      }
      assertThat(heard.all()).isEmpty();
    }
  }
}
