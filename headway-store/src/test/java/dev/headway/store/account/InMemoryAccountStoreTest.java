package dev.headway.store.account;

import dev.headway.core.memory.InMemoryAccountStore;
import dev.headway.core.port.AccountStore;
import dev.headway.testkit.contract.AccountStoreContract;

class InMemoryAccountStoreTest extends AccountStoreContract {
  @Override
  protected AccountStore emptyStore() {
    return new InMemoryAccountStore();
  }
}
