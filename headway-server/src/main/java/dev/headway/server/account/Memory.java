package dev.headway.server.account;

import dev.headway.core.port.AccountStore;
import java.time.InstantSource;

/**
 * What is known without asking the database.
 *
 * @param directory the users
 * @param keys the API keys in use
 * @param revocations what was revoked
 */
record Memory(Directory directory, KeyRing keys, Revocations revocations) {
  static Memory of(AccountStore store, InstantSource clock) {
    var revocations = new Revocations(store, clock);
    return new Memory(
        new Directory(store, revocations, clock), new KeyRing(store, revocations), revocations);
  }

  void reload() {
    revocations.reload();
    directory.reload();
    keys.reload();
  }
}
