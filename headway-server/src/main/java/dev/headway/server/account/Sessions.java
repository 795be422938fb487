package dev.headway.server.account;

import dev.headway.core.account.IssuedToken.Kind;
import dev.headway.core.account.Principal;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.account.password.PasswordRule;
import dev.headway.server.account.token.Callers;
import dev.headway.server.account.token.CredentialIds;
import dev.headway.server.account.token.IssuedTokens;
import dev.headway.server.account.token.LocalTokens;
import dev.headway.server.account.token.Revocations;
import dev.headway.server.account.token.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actions of users on their own account: signing in and out, changing the password.
 * Thread-safe; may block.
 */
public final class Sessions {
  /** How long a session may be refreshed after its sign-in. */
  static final Duration LONGEST = Duration.ofDays(30);

  /** A password and the one that replaces it. */
  public record PasswordChange(String old, String replacement) {
    @Override
    public String toString() {
      return "PasswordChange[]";
    }
  }

  /** The sign-in from which a session's tokens come. */
  private record Start(long user, String detail, Instant signedInAt) {}

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private final AuthConfig config;
  private final Users users;
  private final IssuedTokens issued;
  private final Revocations revocations;
  private final Tokens tokens;
  private final InstantSource clock;
  private final SignInLimits limits;

  Sessions(
      AuthConfig config,
      Users users,
      IssuedTokens issued,
      Revocations revocations,
      Tokens tokens,
      InstantSource clock,
      SignInLimits limits) {
    this.config = config;
    this.users = users;
    this.issued = issued;
    this.revocations = revocations;
    this.tokens = tokens;
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * Whether somebody is served without an account.
   *
   * @param direct whether the client is on this machine, behind no proxy and no foreign page
   */
  public boolean anonymous(boolean direct) {
    return direct && config.anonymous();
  }

  /**
   * Signs in. The answer, and the time it takes, do not tell whether the account exists.
   *
   * @param address whence, for the limit of failures
   * @throws HeadwayException AUTHENTICATION_ERROR when address and password do not belong together
   *     or the user is not active, RATE_LIMITED after too many failures or with too many tokens,
   *     UNAVAILABLE when too many sign in at once
   */
  public AccessToken login(Login login, String address) {
    var email = EmailAddress.normal(login.email());
    var user = limits.attempt(email, address, () -> users.withPassword(email, login.password()));
    log(email, address, user.isPresent());
    return user.map(found -> issue(new Start(found.id(), address, clock.instant())))
        .orElseThrow(() ->
            new HeadwayException(ErrorCode.AUTHENTICATION_ERROR, "Incorrect email or password"));
  }

  /* An address that is none may hold anything, such as line feeds. */
  private static void log(String email, String address, boolean succeeded) {
    var account = EmailAddress.valid(email) ? email : "an address that is none";
    if (succeeded) {
      LOG.info("{} signed in from {}", account, address);
    } else {
      LOG.warn("Refused to sign in {} from {}", account, address);
    }
  }

  private AccessToken issue(Start start) {
    var user = users.known(start.user());
    var end = start.signedInAt().plus(LONGEST);
    var left = Duration.between(clock.instant(), end);
    var lifetime = Duration.ofSeconds(Math.min(config.tokenSeconds(), left.toSeconds()));
    var contents = LocalTokens.Contents.of(user.id(), user.email(), user.role());
    var token = tokens.issue(contents, lifetime);
    issued.note(token.noted(user.id(), Kind.SESSION, start.detail(), start.signedInAt()));
    return new AccessToken(token.text(), "bearer", lifetime.toSeconds());
  }

  /** The user who asks, by a token or an API key. */
  public UserView me(Principal who) {
    return UserView.of(users.known(Callers.user(who).id()));
  }

  /**
   * A new token for a valid one, which goes on to hold until its own end. A session ends 30 days
   * after its sign-in, however often it is refreshed.
   *
   * @throws HeadwayException AUTHENTICATION_ERROR at the session's end, AUTHORIZATION_ERROR for an
   *     API key and for a provider's token, which only the provider renews
   */
  public AccessToken refresh(Principal who) {
    var person = Callers.person(who);
    var shown = person.credential();
    if (!CredentialIds.isLocal(shown)) {
      throw new HeadwayException(
          ErrorCode.AUTHORIZATION_ERROR,
          "This token is the identity provider's; ask the provider for a new one");
    }
    var start =
        issued
            .find(person.id(), shown.tokenId())
            .map(token -> new Start(person.id(), token.detail(), token.signedInAt()))
            .orElseGet(() -> new Start(person.id(), "", shown.issuedAt()));
    if (!clock.instant().isBefore(start.signedInAt().plus(LONGEST))) {
      throw new HeadwayException(
          ErrorCode.AUTHENTICATION_ERROR, "The session is 30 days old; sign in again");
    }
    return issue(start);
  }

  /** The tokens of the user who asks, the newest first. */
  public List<TokenView> tokens(Principal who) {
    var person = Callers.person(who);
    return views(person.id(), person.credential().tokenId());
  }

  /** The tokens of a user, for an administrator. */
  public List<TokenView> tokensOf(Principal who, long user) {
    Callers.admin(who);
    return views(user, null);
  }

  private List<TokenView> views(long user, @Nullable String shown) {
    var since = users.known(user).tokensValidFrom();
    return issued.of(user).stream()
        .filter(token -> !token.issuedAt().isBefore(since))
        .map(token -> TokenView.of(token, shown))
        .toList();
  }

  /**
   * Ends a token of the user who asks, also one that may only watch.
   *
   * @throws HeadwayException NOT_FOUND when the user holds no such token
   */
  public void end(Principal who, String id) {
    var user = Callers.person(who).id();
    var token = issued.find(user, id).orElseThrow(() -> HeadwayException.notFound("Token"));
    revocations.revoke(id, token.expiresAt());
    issued.forget(user, id);
  }

  /** Ends all tokens of the user who asks, the one that was shown, too. API keys stay. */
  public void signOutEverywhere(Principal who) {
    users.signOut(who, Callers.person(who).id());
  }

  /**
   * Ends the token that was shown.
   *
   * @throws HeadwayException AUTHENTICATION_ERROR for nobody, AUTHORIZATION_ERROR for an API key
   */
  public void logout(Principal who) {
    var shown =
        who instanceof Principal.Watcher watcher
            ? watcher.credential()
            : Callers.person(who).credential();
    var end = shown.expiresAt();
    revocations.revoke(shown.tokenId(), end == null ? clock.instant() : end);
    var user = who.userId();
    if (user != null) {
      issued.forget(user, shown.tokenId());
    }
  }

  /**
   * Changes the user's own password and ends all tokens but the one that was shown. That one is
   * remembered in memory: after a restart it has ended, too. API keys stay.
   *
   * @throws HeadwayException INVALID_INPUT when the old password is wrong, VALIDATION_ERROR when
   *     the new one is not acceptable, RATE_LIMITED after too many failures
   */
  public void changePassword(Principal who, PasswordChange change) {
    var person = Callers.person(who);
    var email = person.email();
    var defects = PasswordRule.defects("new", change.replacement(), email);
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    if (limits.attempt(email, email, () -> users.withPassword(email, change.old())).isEmpty()) {
      throw HeadwayException.badInput(
          List.of(Defect.ofField("old", "The old password is not right")));
    }
    users.setPassword(who, person.id(), person.credential().tokenId(), change.replacement());
  }
}
