package dev.headway.server.account;

import dev.headway.core.port.AccountStore;
import dev.headway.server.account.key.KeyRing;
import dev.headway.server.account.token.Revocations;
import java.time.InstantSource;

/** The users, keys and revocations in memory, so that checking a credential reads no database. */
final class AccountCache {
  private final AccountStore store;
  private final Directory directory;
  private final KeyRing keys;
  private final Revocations revocations;

  /** The store's revision that has been read; used by the thread that calls {@link #follow}. */
  private String seen = "";

  AccountCache(AccountStore store, InstantSource clock) {
    this.store = store;
    this.revocations = new Revocations(store, clock);
    this.directory = new Directory(store, revocations, clock);
    this.keys = new KeyRing(store, revocations);
  }

  Directory directory() {
    return directory;
  }

  KeyRing keys() {
    return keys;
  }

  Revocations revocations() {
    return revocations;
  }

  void reload() {
    revocations.reload();
    directory.reload();
    keys.reload();
  }

  /** Reloads if the store has another revision than at the last call. */
  void follow() {
    var revision = store.revision();
    if (!revision.equals(seen)) {
      reload();
      seen = revision;
    }
  }
}
