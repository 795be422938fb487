package dev.headway.store;

import dev.headway.core.port.AccountStore;
import dev.headway.testkit.contract.AccountStoreContract;

class PostgresAccountStoreTest extends AccountStoreContract {
  @Override
  protected AccountStore emptyStore() {
    return new SqlAccountStore(TestPostgres.emptied("accounts"));
  }
}
