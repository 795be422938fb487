package dev.headway.server.account;

import dev.headway.core.port.AccountStore;
import dev.headway.server.account.key.KeyRing;
import dev.headway.server.account.token.Revocations;
import java.time.InstantSource;

/**
 * The users, keys and revocations in memory, so that checking a credential reads no database.
 *
 * @param directory the users
 * @param keys the API keys in use
 * @param revocations what was revoked
 */
record AccountCache(Directory directory, KeyRing keys, Revocations revocations) {
  static AccountCache of(AccountStore store, InstantSource clock) {
    var revocations = new Revocations(store, clock);
    return new AccountCache(
        new Directory(store, revocations, clock), new KeyRing(store, revocations), revocations);
  }

  void reload() {
    revocations.reload();
    directory.reload();
    keys.reload();
  }
}
