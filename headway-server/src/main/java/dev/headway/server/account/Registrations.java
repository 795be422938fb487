package dev.headway.server.account;

import dev.headway.core.account.Principal;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.port.AccountStore;
import dev.headway.server.address.AddressBlock;
import dev.headway.server.limit.RefusalReason;
import dev.headway.server.limit.Refusals;
import dev.headway.server.limit.TokenBucket;
import dev.headway.server.limit.TokenBuckets;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Registering: who may, and how often. Each attempt counts, for the address that it comes from and
 * for everybody together, since each costs a password's hash and tells whether an account exists.
 * An address of IPv6 stands for its subscriber's network. Thread-safe; may block.
 */
public final class Registrations {
  /**
   * A client that registers.
   *
   * @param direct whether the client is on this machine, behind no proxy and no foreign page
   * @param address the client's address
   */
  public record Client(boolean direct, String address) {}

  private static final Duration HOUR = Duration.ofHours(1);

  private final AuthConfig config;
  private final AccountStore store;
  private final Users users;
  private final TokenBuckets addresses;
  private final TokenBucket all;
  private final Refusals refusals;

  Registrations(
      AuthConfig config, AccountStore store, Users users, InstantSource clock, Refusals refusals) {
    this.config = config;
    this.store = store;
    this.users = users;
    this.addresses = new TokenBuckets(config.registrations().addressPerHour(), HOUR, clock);
    this.all = new TokenBucket(config.registrations().perHour(), HOUR, clock);
    this.refusals = refusals;
    rememberClosing();
  }

  /* Once it was closed, only a setting opens it. */
  private void rememberClosing() {
    switch (config.registration()) {
      case CLOSED -> store.closeRegistration(true);
      case OPEN -> store.closeRegistration(false);
      case AUTO -> {}
    }
  }

  /**
   * Whether somebody may register.
   *
   * @param direct as for {@link Client}
   */
  public boolean open(boolean direct) {
    return switch (config.registration()) {
      case OPEN -> true;
      case CLOSED -> false;
      case AUTO -> direct && !store.registrationClosed();
    };
  }

  /**
   * Registers a user with the role {@code user}; the first of an installation is its administrator.
   *
   * @throws HeadwayException AUTHORIZATION_ERROR when registration is closed, VALIDATION_ERROR with
   *     every defect, INVALID_INPUT when the address is taken, RATE_LIMITED after too many attempts
   */
  public UserView register(Login login, Client client) {
    if (!open(client.direct())) {
      throw new HeadwayException(
          ErrorCode.AUTHORIZATION_ERROR,
          "Registration is closed: accounts are made by your administrator (headway user add)");
    }
    take(addresses.of(AddressBlock.subscriber(client.address())));
    take(all);
    return users.added(new Principal.Anonymous("registration"), login, null);
  }

  private void take(TokenBucket bucket) {
    if (!bucket.take()) {
      refusals.count(RefusalReason.REGISTRATIONS);
      var wait = bucket.untilNext().plusMillis(999).toSeconds(); // whole seconds, rounded up
      throw HeadwayException.later(
          ErrorCode.RATE_LIMITED,
          "Too many registrations; try again in " + wait + " seconds",
          Duration.ofSeconds(wait));
    }
  }
}
