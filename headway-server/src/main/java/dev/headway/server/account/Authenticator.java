package dev.headway.server.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.headway.core.account.ApiKey;
import dev.headway.core.account.Principal;
import dev.headway.core.account.Principal.Credential;
import dev.headway.core.account.Role;
import dev.headway.core.account.Roles;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.account.key.KeyRing;
import dev.headway.server.account.token.CredentialIds;
import dev.headway.server.account.token.TokenCheck;
import dev.headway.server.account.token.Tokens;
import dev.headway.server.socket.Verification;
import dev.headway.server.socket.Verification.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identifies a client by its token or API key. Thread-safe.
 *
 * <p>A token's signature is verified once in ten minutes; whether it has expired, was revoked, or
 * its user deactivated is looked up in memory every time.
 */
public final class Authenticator {
  private static final Logger LOG = LoggerFactory.getLogger(Authenticator.class);
  private static final Duration KEEP = Duration.ofMinutes(10);
  private static final int MOST_TOKENS = 20_000;

  private final Tokens tokens;
  private final AccountCache cache;
  private final Roles roles;
  private final InstantSource clock;
  private final Cache<String, TokenCheck.OfUser> checked;

  Authenticator(Tokens tokens, AccountCache cache, Roles roles, InstantSource clock) {
    this.tokens = tokens;
    this.cache = cache;
    this.roles = roles;
    this.clock = clock;
    this.checked =
        Caffeine.newBuilder()
            .maximumSize(MOST_TOKENS)
            .expireAfterWrite(KEEP)
            .ticker(() -> clock.millis() * 1_000_000)
            .executor(Runnable::run)
            .build();
  }

  /**
   * Verifies a token or an API key. Reads the database for a user or key that is new to this
   * server, and fetches a provider's keys when they are due, so it may block.
   *
   * @throws HeadwayException UNAVAILABLE when a provider's keys cannot be had
   */
  public Verification verify(String token) {
    if (token.startsWith(KeyRing.PREFIX)) {
      return cache.keys().find(token).map(this::owner).orElse(refused(Reason.INVALID));
    }
    var known = checked.getIfPresent(token);
    if (known != null) {
      return bearer(known);
    }
    return switch (tokens.check(token)) {
      case TokenCheck.OfUser holder -> remembered(token, holder);
      case TokenCheck.OfProvider person -> remembered(token, here(person));
      case TokenCheck.Refused(var reason, var detail) -> {
        LOG.debug("A token was refused: {}", detail);
        yield refused(reason);
      }
    };
  }

  private Verification remembered(String token, TokenCheck.OfUser holder) {
    checked.put(token, holder);
    return bearer(holder);
  }

  /**
   * Whether what a principal has shown holds at this moment: it has not expired and was not
   * revoked, and its user is active. Neither blocks nor reads the database, for a principal that
   * {@link #verify} gave.
   */
  public boolean holds(Principal principal) {
    var shown = principal.shown();
    var user = principal.userId();
    return shown == null
        || user == null
        || (refusal(user, shown).isEmpty() && !roleChanged(user, principal));
  }

  /* A socket that was opened with another role must be opened again. */
  private boolean roleChanged(long user, Principal principal) {
    return principal instanceof Principal.Known known
        && cache.directory().user(user).filter(now -> has(now.role(), known)).isEmpty();
  }

  private boolean has(Role role, Principal.Known known) {
    return CredentialIds.isKey(known.credential())
        ? roles.ofKeysFor(role).contains(known.role())
        : role.equals(known.role());
  }

  /** The user here of somebody whom the provider knows, with the role that the provider says. */
  private TokenCheck.OfUser here(TokenCheck.OfProvider person) {
    var role = roles.find(person.role()).orElse(null);
    var user =
        cache
            .directory()
            .identify(person.identity(), role)
            .orElseThrow(() ->
                new HeadwayException(
                    ErrorCode.AUTHORIZATION_ERROR,
                    "The address %s belongs to another account here; an administrator can remove that one"
                        .formatted(person.identity().email())));
    return new TokenCheck.OfUser(user.id(), null, person.credential());
  }

  private Verification bearer(TokenCheck.OfUser holder) {
    var refusal = refusal(holder.user(), holder.credential());
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    var user = cache.directory().user(holder.user()).orElseThrow();
    var topics = holder.topics();
    if (topics != null) {
      return valid(new Principal.Watcher(user.id(), topics, holder.credential()));
    }
    return valid(
        new Principal.Known(user.id(), user.email(), user.role(), Set.of(), holder.credential()));
  }

  private Verification owner(ApiKey key) {
    var credential = new Credential(CredentialIds.ofKey(key), key.createdAt(), key.expiresAt());
    var refusal = refusal(key.user(), credential);
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    var user = cache.directory().user(key.user()).orElseThrow();
    var role = roles.ofKeysFor(user.role()).contains(key.role()) ? key.role() : Role.USER;
    var ownWorkOnly = !key.forOthers() && !user.role().includes(Role.WORKER);
    return valid(
        new Principal.Known(user.id(), user.email(), role, key.queues(), ownWorkOnly, credential));
  }

  /** Why a credential does not hold now; empty when it does. */
  private Optional<Reason> refusal(long user, Credential credential) {
    var end = credential.expiresAt();
    if (end != null && !clock.instant().isBefore(end)) {
      return Optional.of(Reason.EXPIRED);
    }
    var holds =
        !cache.revocations().revoked(credential)
            && cache.directory().user(user).filter(known -> known.admits(credential)).isPresent();
    return holds ? Optional.empty() : Optional.of(Reason.REVOKED);
  }

  private static Verification valid(Principal principal) {
    return new Verification.Valid(principal);
  }

  private static Verification refused(Reason reason) {
    return new Verification.Refused(reason);
  }
}
