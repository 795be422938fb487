package dev.headway.store.account;

import dev.headway.core.port.AccountStore;
import dev.headway.store.TemporaryDatabase;
import dev.headway.testkit.contract.AccountStoreContract;
import org.junit.jupiter.api.AutoClose;

class SqliteAccountStoreTest extends AccountStoreContract {
  @AutoClose private final TemporaryDatabase database = new TemporaryDatabase();

  @Override
  protected AccountStore emptyStore() {
    return new SqlAccountStore(database.migrated());
  }
}
