package dev.headway.server.account.token;

import dev.headway.core.account.IssuedToken;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.port.AccountStore;
import dev.headway.server.limit.RefusalReason;
import dev.headway.server.limit.Refusals;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The tokens that users hold, so many at a time of each kind. Thread-safe; may block. */
public final class IssuedTokens {
  /** How many sessions, and how many watch tokens, a user may hold. */
  public static final int MOST = 1_000;

  /** How many links a user may have: an application gives one to each of its own users. */
  static final int MOST_LINKS = 10_000;

  private static final Duration WAIT = Duration.ofMinutes(1);

  private final AccountStore store;
  private final InstantSource clock;
  private final Refusals refusals;

  /** Tokens in a store; refusals count users that have too many. */
  public IssuedTokens(AccountStore store, InstantSource clock, Refusals refusals) {
    this.store = store;
    this.clock = clock;
    this.refusals = refusals;
  }

  /**
   * Notes a token.
   *
   * @throws HeadwayException RATE_LIMITED when the user holds as many of its kind as may be; the
   *     token must not be given out then
   */
  public void note(IssuedToken token) {
    var most = token.kind() == IssuedToken.Kind.LINK ? MOST_LINKS : MOST;
    if (!store.addToken(token, most)) {
      refusals.count(RefusalReason.TOKENS);
      throw HeadwayException.later(
          ErrorCode.RATE_LIMITED,
          "This user holds %d tokens; end some of them, or wait for their end".formatted(most),
          WAIT);
    }
  }

  /** A user's tokens that have not expired, the newest first. */
  public List<IssuedToken> of(long user) {
    return store.tokens(user, clock.instant());
  }

  /** A user's token that has not expired. */
  public Optional<IssuedToken> find(long user, String id) {
    return of(user).stream().filter(token -> token.id().equals(id)).findFirst();
  }

  /** Forgets a user's token. */
  public void forget(long user, String id) {
    store.deleteToken(user, id);
  }
}
