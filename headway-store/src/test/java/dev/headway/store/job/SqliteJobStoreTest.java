package dev.headway.store.job;

import dev.headway.core.port.JobStore;
import dev.headway.store.TemporaryDatabase;
import dev.headway.testkit.contract.JobStoreContract;
import org.junit.jupiter.api.AutoClose;

class SqliteJobStoreTest extends JobStoreContract {
  @AutoClose private final TemporaryDatabase database = new TemporaryDatabase();

  @Override
  protected JobStore emptyStore() {
    return new SqlJobStore(database.migrated());
  }
}
