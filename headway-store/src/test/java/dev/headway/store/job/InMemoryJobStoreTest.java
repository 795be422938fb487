package dev.headway.store.job;

import dev.headway.core.memory.InMemoryJobStore;
import dev.headway.core.port.JobStore;
import dev.headway.testkit.contract.JobStoreContract;

class InMemoryJobStoreTest extends JobStoreContract {
  @Override
  protected JobStore emptyStore() {
    return new InMemoryJobStore();
  }
}
