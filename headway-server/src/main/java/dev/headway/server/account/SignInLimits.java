package dev.headway.server.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.address.AddressBlock;
import dev.headway.server.limit.RefusalReason;
import dev.headway.server.limit.Refusals;
import dev.headway.server.limit.TokenBucket;
import dev.headway.server.limit.TokenBuckets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Limits of failed sign-ins. From an address where an account has not signed in before, failures
 * count for the account and for the address; from one where it has, they count for the two together
 * alone, so that a stranger's failures lock nobody out of a place that is known (OWASP ASVS 5,
 * 6.3.1). Known places are forgotten with the process. An address of IPv6 stands for its
 * subscriber's network. Thread-safe.
 *
 * <p>An attempt takes a token from each bucket before the password is looked at, so that attempts
 * made at once cannot pass together, and gets them back when it does not fail.
 */
final class SignInLimits {
  private static final int MOST_PLACES = 100_000;

  /** An account at an address. */
  private record Place(String account, String address) {}

  private final TokenBuckets places;
  private final TokenBuckets accounts;
  private final TokenBuckets addresses;
  private final Cache<Place, Boolean> known =
      Caffeine.newBuilder().maximumSize(MOST_PLACES).executor(Runnable::run).build();

  private final Refusals refusals;

  SignInLimits(AuthConfig.LoginLimits limits, InstantSource clock, Refusals refusals) {
    this.refusals = refusals;
    var window = Duration.ofSeconds(limits.windowSeconds());
    places = new TokenBuckets(limits.accountFailures(), window, clock);
    accounts = new TokenBuckets(limits.accountFailures(), window, clock);
    addresses = new TokenBuckets(limits.addressFailures(), window, clock);
  }

  /**
   * Makes an attempt.
   *
   * @param attempt empty when it fails
   * @throws HeadwayException RATE_LIMITED when too many have failed
   */
  <T> Optional<T> attempt(String account, String address, Supplier<Optional<T>> attempt) {
    var place = new Place(account, AddressBlock.subscriber(address));
    var taken = take(buckets(place));
    var failed = false;
    try {
      var result = attempt.get();
      failed = result.isEmpty();
      if (!failed) {
        known.put(place, true);
      }
      return result;
    } finally {
      if (!failed) {
        taken.forEach(TokenBucket::putBack);
      }
    }
  }

  private List<TokenBucket> buckets(Place place) {
    return known.getIfPresent(place) == null
        ? List.of(accounts.of(place.account()), addresses.of(place.address()))
        : List.of(places.of(place.account() + " " + place.address()));
  }

  private List<TokenBucket> take(List<TokenBucket> buckets) {
    var taken = new ArrayList<TokenBucket>();
    for (var bucket : buckets) {
      if (!bucket.take()) {
        taken.forEach(TokenBucket::putBack);
        refusals.count(RefusalReason.SIGN_INS);
        throw limited(bucket);
      }
      taken.add(bucket);
    }
    return taken;
  }

  private static HeadwayException limited(TokenBucket bucket) {
    var wait = bucket.untilNext().plusMillis(999).toSeconds(); // whole seconds, rounded up
    return HeadwayException.later(
        ErrorCode.RATE_LIMITED,
        "Too many failed sign-ins; try again in " + wait + " seconds",
        Duration.ofSeconds(wait));
  }
}
