package dev.headway.server.account.password;

import dev.headway.core.account.User;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.port.PasswordHasher;
import dev.headway.server.limit.RefusalReason;
import dev.headway.server.limit.Refusals;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes and checks passwords, only a few at once, because each hash costs memory and time on
 * purpose. Thread-safe; blocks.
 */
public final class Passwords {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How many passwords may wait for their turn; each holds a request open. */
  static final int MOST_WAITING = 100;

  private final PasswordHasher hasher;
  private final Duration patience;
  private final Semaphore places;
  private final Semaphore admitted;
  private final Refusals refusals;

  /**
   * Passwords hashed by {@code hasher}.
   *
   * @param parallel how many at a time, from 1
   * @param refusals counts those that had no turn
   */
  public Passwords(PasswordHasher hasher, int parallel, Refusals refusals) {
    this(hasher, parallel, PATIENCE, refusals);
  }

  Passwords(PasswordHasher hasher, int parallel, Duration patience, Refusals refusals) {
    this.refusals = refusals;
    this.patience = patience;
    this.hasher = hasher;
    this.places = new Semaphore(parallel, true);
    this.admitted = new Semaphore(parallel + MOST_WAITING);
  }

  /**
   * A password's hash.
   *
   * @throws HeadwayException UNAVAILABLE when 100 wait, or there was no turn within 10 seconds
   */
  public String hash(String password) {
    return inTurn(() -> hasher.hash(normal(password)));
  }

  /**
   * Whether the password is the one that was hashed. It takes as long when there is no account, or
   * one without a password, as when there is.
   *
   * @throws HeadwayException UNAVAILABLE when 100 wait, or there was no turn within 10 seconds
   */
  public boolean matches(String password, Optional<String> hash) {
    var known = hash.filter(value -> !value.equals(User.NO_PASSWORD));
    var against = known.orElse(hasher.decoy());
    return inTurn(() -> hasher.matches(normal(password), against)) && known.isPresent();
  }

  /* Keyboards differ in how they compose letters (NIST SP 800-63B, section 5.1.1.2). */
  private static String normal(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }

  private <T> T inTurn(Supplier<T> work) {
    if (!admitted.tryAcquire()) {
      throw busy();
    }
    try {
      return afterOthers(work);
    } finally {
      admitted.release();
    }
  }

  private <T> T afterOthers(Supplier<T> work) {
    try {
      if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw busy();
    }
    try {
      return work.get();
    } finally {
      places.release();
    }
  }

  private HeadwayException busy() {
    refusals.count(RefusalReason.PASSWORDS);
    return HeadwayException.later(
        ErrorCode.UNAVAILABLE, "Too many sign-ins at once; try again shortly", PATIENCE);
  }
}
