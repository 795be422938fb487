package dev.headway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headway.core.bus.Carrier;
import dev.headway.core.bus.RingBus;
import dev.headway.core.bus.RingBus.Timing;
import dev.headway.core.port.Bus;
import dev.headway.core.topic.TopicName;
import dev.headway.testkit.FaultyCarrier;
import dev.headway.testkit.HeardRings;
import dev.headway.testkit.contract.BusContract;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A cluster, with sharded channels. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterBusTest extends BusContract {
  private static final int TOPICS = 64;

  private final RedisCluster cluster = new RedisCluster();
  private final FaultyCarrier faulty = new FaultyCarrier(new RedisCarrier(cluster.address()));

  @Override
  protected Carrier sound() {
    return new RedisCarrier(cluster.address());
  }

  @Override
  protected Carrier faulty() {
    return faulty;
  }

  @Override
  protected void silence(boolean on) {
    faulty.silence(on);
  }

  @Override
  protected void away(boolean on) {
    faulty.away(on);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  private RingBus opened(RedisCluster other, String name) {
    return RingBus.open(new RedisCarrier(other.address()), name, Timing.DEFAULT, System::nanoTime);
  }

  /* Of enough topics to reach each partition. */
  private static void awaitAllRing(Bus from, HeardRings heard, long number) {
    var topics = IntStream.range(0, TOPICS).mapToObj(at -> new TopicName("job", "t" + at)).toList();
    await()
        .untilAsserted(() -> {
          topics.forEach(topic -> from.announce(topic, number, null));
          assertThat(heard.all())
              .containsAll(topics.stream().map(topic -> topic + " " + number).toList());
        });
  }

  @Test
  void channelThatMovesToAnotherShard_isFollowed() {
    try (var other = new RedisCluster();
        var one = opened(other, "one");
        var two = opened(other, "two")) {
      var heard = new HeardRings();
      two.listen(heard);
      awaitAllRing(one, heard, 1);

      other.move("headway:0:0");

      await().untilAsserted(() -> assertThat(heard.all()).contains("interrupted", "restored"));
      awaitAllRing(one, heard, 2);
    }
  }

  @Test
  void serverOfOneShardThatDies_isToldAndMendedByItsReturn() {
    try (var other = new RedisCluster();
        var one = opened(other, "one");
        var two = opened(other, "two")) {
      var heard = new HeardRings();
      two.listen(heard);
      var shard = other.shardOf("headway:0:3");

      shard.kill();
      await().untilAsserted(() -> assertThat(heard.all()).contains("interrupted"));
      assertThat(two.ringing()).isFalse();
      shard.start();

      await().untilAsserted(() -> assertThat(heard.all()).contains("restored"));
      awaitAllRing(one, heard, 2);
    }
  }
}
