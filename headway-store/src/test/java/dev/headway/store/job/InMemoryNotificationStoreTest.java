package dev.headway.store.job;

import dev.headway.core.memory.InMemoryJobStore;
import dev.headway.core.memory.InMemoryNotificationStore;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.NotificationStore;
import dev.headway.testkit.contract.NotificationStoreContract;

class InMemoryNotificationStoreTest extends NotificationStoreContract {
  private final JobStore jobs = new InMemoryJobStore();
  private long users;

  @Override
  protected JobStore emptyJobs() {
    return jobs;
  }

  @Override
  protected NotificationStore emptyStore() {
    return new InMemoryNotificationStore(jobs);
  }

  @Override
  protected long user(String email) {
    return ++users;
  }
}
