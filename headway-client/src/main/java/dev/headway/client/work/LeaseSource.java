package dev.headway.client.work;

import dev.headway.client.http.ClientException;
import dev.headway.client.http.LeaseLostException;
import org.jspecify.annotations.Nullable;

/** A source of leases for a pump. Called by one thread at a time; may block. */
@FunctionalInterface
public interface LeaseSource {
  /**
   * Takes a lease.
   *
   * @param lost why the lease before was lost; null at the first time
   * @throws ClientException when there is none: the pump tries again if it is retryable, and
   *     otherwise stops
   */
  Lease attach(@Nullable LeaseLostException lost);
}
