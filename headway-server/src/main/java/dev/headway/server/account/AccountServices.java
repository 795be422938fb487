package dev.headway.server.account;

import dev.headway.core.account.Roles;
import dev.headway.core.port.AccountStore;
import dev.headway.core.port.PasswordHasher;

/** All that there is about accounts, put together. Thread-safe. */
public final class AccountServices {
  private final Roles roles = new Roles();
  private final Memory memory;
  private final Accounts accounts;
  private final ApiKeys apiKeys;
  private final WatchTokens watchTokens;
  private final Authenticator authenticator;

  /**
   * Puts the services together and loads users and revocations.
   *
   * @param config as it is on this server: see {@link AuthConfig#on}
   * @param hasher {@link Argon2}, unless nobody's passwords are at stake
   */
  public AccountServices(
      AuthConfig config,
      SigningKey key,
      AccountStore store,
      PasswordHasher hasher,
      Sources sources) {
    var passwords = new Passwords(hasher, config.parallelHashes());
    var crypto = new Crypto(new Tokens(key, config.provider(), sources), passwords, sources);
    this.memory = Memory.of(store, crypto.clock());
    this.accounts = new Accounts(config, store, memory, crypto);
    this.apiKeys = new ApiKeys(store, memory, roles, crypto.sources());
    this.watchTokens = new WatchTokens(crypto.tokens());
    this.authenticator = new Authenticator(crypto.tokens(), memory, roles, crypto.clock());
    reload();
  }

  /**
   * Reads users, keys in use and revocations again, for what other processes have changed, and
   * tells listeners what ended by it. To be called every {@link AuthConfig#reloadSeconds}.
   */
  public void reload() {
    memory.reload();
  }

  /** The roles that users and keys may have; applications register theirs here. */
  public Roles roles() {
    return roles;
  }

  /** Users, signing in and out, passwords. */
  public Accounts accounts() {
    return accounts;
  }

  /** Keys for programs. */
  public ApiKeys apiKeys() {
    return apiKeys;
  }

  /** Tokens that may only watch. */
  public WatchTokens watchTokens() {
    return watchTokens;
  }

  /** Says who shows a token. */
  public Authenticator authenticator() {
    return authenticator;
  }

  /** Tells who listens that credentials end. */
  public Revocations revocations() {
    return memory.revocations();
  }
}
