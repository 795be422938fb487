package dev.headway.primes.store;

import dev.headway.core.topic.TopicName;
import dev.headway.server.work.WorkItem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A count of the primes up to a number, as its owner asked for it. */
public record PrimeCount(UUID job, @Nullable Long owner, int upTo) implements WorkItem {
  @Override
  public TopicName topic() {
    return new TopicName("primes", job.toString());
  }
}
