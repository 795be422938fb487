package dev.headway.server.account;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.limit.TokenBucket;
import dev.headway.server.limit.TokenBuckets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Counts failed sign-ins per account and per address. An attempt takes a token from both buckets
 * before the password is looked at, so that attempts made at once cannot pass together, and gets
 * them back when it does not fail. Thread-safe.
 */
final class SignInLimits {
  private final TokenBuckets accounts;
  private final TokenBuckets addresses;

  SignInLimits(AuthConfig.LoginLimits limits, InstantSource clock) {
    var window = Duration.ofSeconds(limits.windowSeconds());
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
    var byAccount = accounts.of(account);
    var byAddress = addresses.of(address);
    take(byAccount);
    try {
      take(byAddress);
    } catch (HeadwayException limited) {
      byAccount.putBack();
      throw limited;
    }
    var failed = false;
    try {
      var result = attempt.get();
      failed = result.isEmpty();
      return result;
    } finally {
      if (!failed) {
        byAccount.putBack();
        byAddress.putBack();
      }
    }
  }

  private static void take(TokenBucket bucket) {
    if (!bucket.take()) {
      var wait = bucket.untilNext().plusMillis(999).toSeconds(); // whole seconds, rounded up
      throw HeadwayException.later(
          ErrorCode.RATE_LIMITED,
          "Too many failed sign-ins; try again in " + wait + " seconds",
          Duration.ofSeconds(wait));
    }
  }
}
