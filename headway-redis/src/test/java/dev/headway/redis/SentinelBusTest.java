package dev.headway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.headway.core.bus.BusRefusedException;
import dev.headway.core.bus.RingBus;
import dev.headway.core.bus.RingBus.Timing;
import dev.headway.core.topic.TopicName;
import dev.headway.testkit.HeardRings;
import io.lettuce.core.RedisClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server, its replica, and a Sentinel that puts the one in the other's place. */
class SentinelBusTest {
  private final RedisServer master = RedisServer.started("redis-server");
  private final RedisServer replica =
      RedisServer.started("redis-server", "replicaof 127.0.0.1 " + master.port());
  private final RedisServer sentinel =
      RedisServer.started(
          "redis-server",
          "sentinel monitor headway 127.0.0.1 %d 1".formatted(master.port()),
          "sentinel down-after-milliseconds headway 500",
          "sentinel failover-timeout headway 2000");

  @AfterEach
  void stop() {
    sentinel.close();
    replica.close();
    master.close();
  }

  private RedisAddress address() {
    return RedisAddress.parse("redis-sentinel://127.0.0.1:%d#headway".formatted(sentinel.port()));
  }

  private RingBus opened(String name) {
    return RingBus.open(new RedisCarrier(address()), name, Timing.DEFAULT, System::nanoTime);
  }

  private String sentinelSays() {
    try (var client = RedisClient.create(sentinel.address().servers().getFirst());
        var connection = client.connect()) {
      return connection.sync().info("sentinel");
    }
  }

  @Test
  void failover_isFollowed() {
    await().until(() -> sentinelSays().contains("slaves=1"));
    try (var one = opened("one");
        var two = opened("two")) {
      var heard = new HeardRings();
      two.listen(heard);

      master.kill();

      await().untilAsserted(() -> assertThat(heard.all()).contains("interrupted", "restored"));
      await()
          .untilAsserted(() -> {
            one.announce(new TopicName("job", "1"), 7, null);
            assertThat(heard.all()).contains("job:1 7");
          });
    }
  }

  @Test
  void open_sentinelNamedAsAServer_isRefusedWithTheRemedy() {
    var carrier = new RedisCarrier(sentinel.address());

    assertThatThrownBy(() -> RingBus.open(carrier, "one", Timing.DEFAULT, System::nanoTime))
        .isInstanceOf(BusRefusedException.class)
        .hasMessageContaining("is a Sentinel; write redis-sentinel://");
  }
}
