package dev.headway.redis;

import dev.headway.core.bus.BusRefusedException;
import dev.headway.core.bus.Carrier;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A link to a server or a cluster: two connections to each server that has a channel. It never
 * reconnects by itself: with the first connection that is lost, or the first channel that has moved
 * to another shard, the link is of no use any more, and the bus opens another, which finds the
 * channels where they are then.
 */
final class RedisLink implements Carrier.Link {
  /* Sends a message to all who have subscribed to a channel. */
  private interface Publisher {
    RedisFuture<Long> publish(String channel, String message);
  }

  private static final Pattern VERSION = Pattern.compile("redis_version:([0-9]+)");
  private static final int FIRST_SHARDED = 7;
  private static final int COMMANDS_UNDER_WAY = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final ClientResources resources =
      DefaultClientResources.builder().ioThreadPoolSize(2).computationThreadPoolSize(2).build();
  private final RedisClient client = RedisClient.create(resources);
  private final List<Publisher> publishers = new ArrayList<>(); // by partition
  private final Carrier.Receiver receiver;
  private final List<String> channels;

  private final RedisPubSubAdapter<String, String> hearing =
      new RedisPubSubAdapter<>() {
        @Override
        public void message(String channel, String message) {
          receiver.received(message);
        }

        @Override
        public void smessage(String channel, String message) {
          receiver.received(message);
        }

        @Override
        public void sunsubscribed(String channel, long count) {
          receiver.lost("the channel " + channel + " has moved to another shard");
        }
      };

  private final RedisConnectionStateListener watching =
      new RedisConnectionStateListener() {
        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
          receiver.lost("the connection was closed");
        }
      };

  /**
   * A link that is not connected.
   *
   * @param channels by partition
   */
  RedisLink(Carrier.Receiver receiver, List<String> channels) {
    this.receiver = receiver;
    this.channels = channels;
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .requestQueueSize(COMMANDS_UNDER_WAY)
            .socketOptions(SocketOptions.builder().connectTimeout(PATIENCE).keepAlive(true).build())
            .build());
  }

  /** Connects to the first of these servers that answers, and to the others of its cluster. */
  void connect(List<RedisURI> servers) {
    var last = new RedisException("no server is named");
    for (var server : servers) {
      try (var connection = client.connect(server)) {
        var about = connection.sync().info("server");
        if (about.contains("redis_mode:sentinel")) {
          throw new BusRefusedException(
              "%s:%d is a Sentinel; write redis-sentinel:// and the name of its master, as in redis-sentinel://host:26379/0#mymaster"
                  .formatted(server.getHost(), server.getPort()),
              new RedisException(about));
        }
        if (sharded(about)) {
          subscribeSharded(server, connection.sync().clusterNodes());
        } else {
          subscriber(server).sync().subscribe(channels.toArray(String[]::new));
          var publisher = client.connect(server).async();
          channels.forEach(_ -> publishers.add(publisher::publish));
        }
        return;
      } catch (RedisException failure) {
        last = failure;
      }
    }
    throw last;
  }

  /* Valkey calls the version of Redis that it began from by the same name. */
  private static boolean sharded(String about) {
    var version = VERSION.matcher(about);
    return about.contains("redis_mode:cluster")
        && version.find()
        && Integer.parseInt(version.group(1)) >= FIRST_SHARDED;
  }

  private void subscribeSharded(RedisURI seed, String nodes) {
    var shards = ClusterPartitionParser.parse(nodes);
    var subscribers = new HashMap<String, StatefulRedisPubSubConnection<String, String>>();
    var publishing = new HashMap<String, StatefulRedisConnection<String, String>>();
    for (var channel : channels) {
      var shard = shards.getPartitionBySlot(SlotHash.getSlot(channel));
      if (shard == null) {
        throw new RedisException("no shard of the cluster has the channel " + channel);
      }
      var server = RedisURI.builder(seed).build(); // login and TLS are the same everywhere
      server.setHost(shard.getUri().getHost());
      server.setPort(shard.getUri().getPort());
      subscribers
          .computeIfAbsent(shard.getNodeId(), _ -> subscriber(server))
          .sync()
          .ssubscribe(channel);
      publishers.add(
          publishing.computeIfAbsent(shard.getNodeId(), _ -> client.connect(server)).async()
              ::spublish);
    }
  }

  private StatefulRedisPubSubConnection<String, String> subscriber(RedisURI server) {
    var connection = client.connectPubSub(server);
    connection.addListener(hearing);
    connection.addListener(watching);
    return connection;
  }

  @Override
  public void send(int partition, String message) throws IOException {
    try {
      publishers
          .get(partition)
          .publish(channels.get(partition), message)
          .whenComplete((_, failure) -> {
            if (failure != null) {
              receiver.lost(String.valueOf(failure.getMessage()));
            }
          });
    } catch (RedisException failure) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  @Override
  public void close() {
    client.shutdown(0, 1, TimeUnit.SECONDS);
    var _ = resources.shutdown(0, 1, TimeUnit.SECONDS);
  }
}
