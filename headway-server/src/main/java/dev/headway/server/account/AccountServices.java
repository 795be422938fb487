package dev.headway.server.account;

import dev.headway.core.port.AccountStore;

/** All that there is about accounts, put together. Thread-safe. */
public final class AccountServices {
  private final Memory memory;
  private final Accounts accounts;
  private final ApiKeys apiKeys;
  private final WatchTokens watchTokens;
  private final Authenticator authenticator;

  private AccountServices(AuthConfig config, AccountStore store, Crypto crypto) {
    this.memory = Memory.of(store, crypto.clock());
    this.accounts = new Accounts(config, store, memory, crypto);
    this.apiKeys = new ApiKeys(store, memory, crypto.sources());
    this.watchTokens = new WatchTokens(crypto.tokens());
    this.authenticator = new Authenticator(crypto.tokens(), memory, crypto.clock());
  }

  /**
   * Puts the services together and loads users and revocations.
   *
   * @param config as it is on this server: see {@link AuthConfig#on}
   */
  public static AccountServices start(
      AuthConfig config, SigningKey key, AccountStore store, Sources sources) {
    return start(config, store, crypto(config, key, new Argon2(), sources));
  }

  static AccountServices start(AuthConfig config, AccountStore store, Crypto crypto) {
    var services = new AccountServices(config, store, crypto);
    services.reload();
    return services;
  }

  static Crypto crypto(AuthConfig config, SigningKey key, PasswordHasher hasher, Sources sources) {
    return new Crypto(
        new Tokens(key, config.provider(), sources),
        new Passwords(hasher, config.parallelHashes()),
        sources);
  }

  /**
   * Reads users, keys in use and revocations again, for what other processes have changed, and
   * tells listeners what ended by it. To be called every {@link AuthConfig#reloadSeconds}.
   */
  public void reload() {
    memory.reload();
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
