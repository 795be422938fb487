package dev.headway.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A cluster of three servers, each with a third of the slots. */
final class RedisCluster implements AutoCloseable {
  private static final int SIZE = 3;
  private static final String[] OPTIONS = {
    "cluster-enabled yes", "cluster-node-timeout 2000", "cluster-require-full-coverage no"
  };

  final List<RedisServer> servers =
      Stream.generate(() -> RedisServer.started("redis-server", OPTIONS)).limit(SIZE).toList();

  /** Makes one cluster of the servers. */
  RedisCluster() {
    for (var at = 0; at < SIZE; at++) {
      var first = at * SlotHash.SLOT_COUNT / SIZE;
      var last = (at + 1) * SlotHash.SLOT_COUNT / SIZE;
      var slots = IntStream.range(first, last).toArray();
      ask(
          servers.get(at),
          redis -> {
            redis.clusterMeet("127.0.0.1", servers.getFirst().port());
            return redis.clusterAddSlots(slots);
          });
    }
    servers.forEach(server -> Awaitility.await().until(() -> knowsAll(server)));
  }

  private static boolean knowsAll(RedisServer server) {
    return ask(
        server,
        redis -> {
          var info = redis.clusterInfo();
          return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + SIZE);
        });
  }

  private static <T> T ask(
      RedisServer server, Function<RedisCommands<String, String>, T> question) {
    try (var client = RedisClient.create(server.address().servers().getFirst());
        var connection = client.connect()) {
      return question.apply(connection.sync());
    }
  }

  /** The server that has a channel's slot. */
  RedisServer shardOf(String channel) {
    var at = SlotHash.getSlot(channel) * SIZE / SlotHash.SLOT_COUNT;
    return servers.get(at);
  }

  /** Gives a channel's slot, which holds no key, to the next server. */
  void move(String channel) {
    var next = servers.get((servers.indexOf(shardOf(channel)) + 1) % SIZE);
    var id = ask(next, RedisCommands::clusterMyId);
    var slot = SlotHash.getSlot(channel);
    ask(next, redis -> redis.clusterSetSlotNode(slot, id));
    servers.forEach(server -> ask(server, redis -> redis.clusterSetSlotNode(slot, id)));
  }

  /** The address of all three. */
  RedisAddress address() {
    var hosts = servers.stream().map(server -> "127.0.0.1:" + server.port()).toList();
    return RedisAddress.parse("redis://" + String.join(",", hosts));
  }

  @Override
  public void close() {
    servers.forEach(RedisServer::close);
  }
}
