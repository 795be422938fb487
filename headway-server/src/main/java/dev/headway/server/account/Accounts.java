package dev.headway.server.account;

import dev.headway.core.account.Roles;
import dev.headway.core.id.IdSource;
import dev.headway.core.port.AccountStore;
import dev.headway.core.port.PasswordHasher;
import dev.headway.server.account.audit.AuditTrail;
import dev.headway.server.account.key.ApiKeys;
import dev.headway.server.account.password.Passwords;
import dev.headway.server.account.token.IssuedTokens;
import dev.headway.server.account.token.Links;
import dev.headway.server.account.token.Revocations;
import dev.headway.server.account.token.SigningKey;
import dev.headway.server.account.token.Tokens;
import dev.headway.server.account.token.WatchTokens;
import dev.headway.server.limit.Refusals;
import java.time.InstantSource;

/** The accounts of an installation: its users, their sessions and keys. Thread-safe. */
public final class Accounts {
  private final Roles roles = new Roles();
  private final AccountCache cache;
  private final AuditTrail audit;
  private final Users users;
  private final Registrations registrations;
  private final Sessions sessions;
  private final ApiKeys apiKeys;
  private final WatchTokens watchTokens;
  private final Links links;
  private final Signatures signatures;
  private final Authenticator authenticator;

  /**
   * Loads users and revocations.
   *
   * @param config as it is on this server: see {@link AuthConfig#on}
   * @param hasher {@link dev.headway.server.account.password.Argon2}, unless nobody's passwords are
   *     at stake
   * @param ids UUIDs stamped by the same clock, and secrets from a secure generator
   * @param refusals counts who is turned away
   */
  public Accounts(
      AuthConfig config,
      SigningKey key,
      AccountStore store,
      PasswordHasher hasher,
      InstantSource clock,
      IdSource ids,
      Refusals refusals) {
    var tokens = new Tokens(key, config.provider(), clock, ids);
    var passwords = new Passwords(hasher, config.parallelHashes(), refusals);
    this.cache = new AccountCache(store, clock);
    this.audit = new AuditTrail(store, clock);
    this.users = new Users(store, cache.directory(), passwords, audit, clock);
    var limits = new SignInLimits(config.login(), clock, refusals);
    var issued = new IssuedTokens(store, clock, refusals);
    this.registrations = new Registrations(config, store, users, clock, refusals);
    this.sessions = new Sessions(config, users, issued, cache.revocations(), tokens, clock, limits);
    this.apiKeys = new ApiKeys(store, cache.keys(), roles, audit, clock, ids);
    this.watchTokens = new WatchTokens(tokens, issued);
    this.links = new Links(tokens, issued, cache.revocations());
    this.authenticator = new Authenticator(tokens, cache, roles, clock);
    this.signatures = new Signatures(users, tokens, authenticator, limits, clock);
    reload();
  }

  /**
   * Reads users, keys in use and revocations again, for what other processes have changed, and
   * tells listeners what ended by it. To be called every {@link AuthConfig#reloadSeconds}.
   */
  public void reload() {
    cache.reload();
  }

  /**
   * Reloads if anything has changed since the last call, by whichever process: disabling a user
   * ends that user's sockets everywhere. To be called every second or so, by one thread.
   */
  public void follow() {
    cache.follow();
  }

  /** The roles that users and keys may have; applications register theirs here. */
  public Roles roles() {
    return roles;
  }

  /** Users as administrators see them: added, changed. */
  public Users users() {
    return users;
  }

  /** Making an account of one's own. */
  public Registrations registrations() {
    return registrations;
  }

  /** The actions of users on their own account: signing in and out. */
  public Sessions sessions() {
    return sessions;
  }

  /** Keys for programs. */
  public ApiKeys apiKeys() {
    return apiKeys;
  }

  /** Tokens that may only watch. */
  public WatchTokens watchTokens() {
    return watchTokens;
  }

  /** Links to pages for people without an account. */
  public Links links() {
    return links;
  }

  /** Signatures on requests. */
  public Signatures signatures() {
    return signatures;
  }

  /** The trail of changes of accounts. */
  public AuditTrail audit() {
    return audit;
  }

  /** Identifies who shows a token or a key. */
  public Authenticator authenticator() {
    return authenticator;
  }

  /** The revocations, and their listeners. */
  public Revocations revocations() {
    return cache.revocations();
  }
}
