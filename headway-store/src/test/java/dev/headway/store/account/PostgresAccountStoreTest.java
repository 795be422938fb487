package dev.headway.store.account;

import dev.headway.core.port.AccountStore;
import dev.headway.store.TestPostgres;
import dev.headway.testkit.contract.AccountStoreContract;

class PostgresAccountStoreTest extends AccountStoreContract {
  @Override
  protected AccountStore emptyStore() {
    return new SqlAccountStore(TestPostgres.emptied("accounts"));
  }
}
