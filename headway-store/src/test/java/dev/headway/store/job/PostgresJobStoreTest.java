package dev.headway.store.job;

import dev.headway.core.port.JobStore;
import dev.headway.store.TestPostgres;
import dev.headway.testkit.contract.JobStoreContract;

class PostgresJobStoreTest extends JobStoreContract {
  @Override
  protected JobStore emptyStore() {
    return new SqlJobStore(TestPostgres.emptied("jobs"));
  }
}
