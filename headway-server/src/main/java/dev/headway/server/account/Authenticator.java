package dev.headway.server.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.headway.core.account.ApiKey;
import dev.headway.core.account.Principal;
import dev.headway.core.account.Principal.Credential;
import dev.headway.core.account.Role;
import dev.headway.core.account.Roles;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.socket.Verification;
import dev.headway.server.socket.Verification.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who shows a token or an API key. Thread-safe.
 *
 * <p>A token's signature is verified once in ten minutes; whether it has expired, was revoked, or
 * its user deactivated is looked up in memory every time.
 */
public final class Authenticator {
  private static final Logger LOG = LoggerFactory.getLogger(Authenticator.class);
  private static final Duration KEEP = Duration.ofMinutes(10);
  private static final int MOST_TOKENS = 20_000;

  /**
   * What a token has proved, whatever may happen to it later.
   *
   * @param role a provider's say; null for the role that the user has here
   * @param topics what a watch token may watch; null for any other
   */
  private record Proof(
      long user, @Nullable Role role, @Nullable Set<String> topics, Credential credential) {}

  private final Tokens tokens;
  private final Memory memory;
  private final Roles roles;
  private final InstantSource clock;
  private final Cache<String, Proof> proofs;

  Authenticator(Tokens tokens, Memory memory, Roles roles, InstantSource clock) {
    this.tokens = tokens;
    this.memory = memory;
    this.roles = roles;
    this.clock = clock;
    this.proofs =
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
      return memory.keys().find(token).map(this::owner).orElse(refused(Reason.INVALID));
    }
    var known = proofs.getIfPresent(token);
    if (known != null) {
      return bearer(known);
    }
    return switch (tokens.verify(token)) {
      case TokenCheck.Valid(var claims) -> {
        var proof = proof(claims);
        proofs.put(token, proof);
        yield bearer(proof);
      }
      case TokenCheck.Refused(var reason, var detail) -> {
        LOG.debug("A token was refused: {}", detail);
        yield refused(reason);
      }
    };
  }

  /**
   * Whether what a principal has shown holds at this moment: it has not expired and was not
   * revoked, and its user is active. Neither blocks nor reads the database, for a principal that
   * {@link #verify} gave.
   */
  public boolean holds(Principal principal) {
    var shown = principal.shown();
    var user = principal.userId();
    return shown == null || user == null || refusal(user, shown).isEmpty();
  }

  private Proof proof(Claims claims) {
    return switch (claims) {
      case Claims.Local(var user, var topics, var credential) ->
          new Proof(user, null, topics, credential);
      case Claims.External(var email, var roleName, var credential) -> {
        var role = roles.find(roleName).orElse(Role.USER);
        var user = memory.directory().userOrNew(email, role);
        if (!user.role().equals(role)) {
          memory.directory().change(user.id(), null, stored -> stored.withRole(role));
        }
        yield new Proof(user.id(), role, null, credential);
      }
    };
  }

  private Verification bearer(Proof proof) {
    var refusal = refusal(proof.user(), proof.credential());
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    var user = memory.directory().user(proof.user()).orElseThrow();
    var topics = proof.topics();
    if (topics != null) {
      return valid(new Principal.Watcher(user.id(), topics, proof.credential()));
    }
    var role = Objects.requireNonNullElse(proof.role(), user.role());
    return valid(new Principal.Known(user.id(), user.email(), role, Set.of(), proof.credential()));
  }

  private Verification owner(ApiKey key) {
    var credential = new Credential(CredentialIds.ofKey(key), key.createdAt(), key.expiresAt());
    var refusal = refusal(key.user(), credential);
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    var user = memory.directory().user(key.user()).orElseThrow();
    var role = roles.ofKeysFor(user.role()).contains(key.role()) ? key.role() : Role.USER;
    return valid(new Principal.Known(user.id(), user.email(), role, key.queues(), credential));
  }

  /** Why a credential does not hold now; empty when it does. */
  private Optional<Reason> refusal(long user, Credential credential) {
    var end = credential.expiresAt();
    if (end != null && !clock.instant().isBefore(end.plus(grace(credential)))) {
      return Optional.of(Reason.EXPIRED);
    }
    var holds =
        !memory.revocations().revoked(credential)
            && memory.directory().user(user).filter(known -> known.admits(credential)).isPresent();
    return holds ? Optional.empty() : Optional.of(Reason.REVOKED);
  }

  /* The end of a key is looked up here, by the clock that set it. */
  private static Duration grace(Credential credential) {
    return CredentialIds.isKey(credential) ? Duration.ZERO : TokenVerifier.SKEW;
  }

  private static Verification valid(Principal principal) {
    return new Verification.Valid(principal);
  }

  private static Verification refused(Reason reason) {
    return new Verification.Refused(reason);
  }
}
