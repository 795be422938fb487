package dev.headway.redis;

import dev.headway.core.bus.BusRefusedException;
import dev.headway.core.bus.Carrier;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Publish and subscribe of Redis or Valkey as a carrier: of one server, of the one that Sentinels
 * name, or of a cluster, there with sharded channels from version 7 on. Nothing is stored there.
 * Thread-safe.
 */
public final class RedisCarrier implements Carrier {
  private static final int PARTITIONS = 8;
  private static final int LONGEST = 64 * 1_024;

  private final RedisAddress address;

  /** A carrier over the server at an address. */
  public RedisCarrier(RedisAddress address) {
    this.address = address;
  }

  @Override
  public String description() {
    return address.toString();
  }

  @Override
  public int partitions() {
    return PARTITIONS;
  }

  @Override
  public int longest() {
    return LONGEST;
  }

  @Override
  public boolean carriesProgress() {
    return true;
  }

  @Override
  public Link open(Receiver receiver) throws IOException {
    try {
      return opened(receiver);
    } catch (RedisException failure) {
      throw explained(failure);
    }
  }

  private Link opened(Receiver receiver) {
    var link = new RedisLink(receiver, channels());
    try {
      link.connect(address.servers());
      return link;
    } catch (RuntimeException failure) {
      link.close();
      throw failure;
    }
  }

  private List<String> channels() {
    return IntStream.range(0, PARTITIONS)
        .mapToObj(partition -> "headway:" + address.database() + ":" + partition)
        .toList();
  }

  private RuntimeException explained(RedisException failure) throws IOException {
    var answer = answer(failure);
    if (answer == null) {
      throw new IOException(
          "%s cannot be reached; check host and port, and that the server runs".formatted(address),
          failure);
    }
    if (answer.contains("NOAUTH") || answer.contains("WRONGPASS")) {
      return new BusRefusedException(
          address + " refused the user or the password; write redis://user:password@host:6379/0",
          failure);
    }
    throw new IOException("%s cannot be used: %s".formatted(address, answer), failure);
  }

  /* What the server has answered; null when it did not. */
  private static @Nullable String answer(RedisException failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RedisCommandExecutionException refusal) {
        return String.valueOf(refusal.getMessage());
      }
    }
    return null;
  }
}
