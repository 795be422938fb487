package dev.headway.store.job;

import dev.headway.core.account.Role;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.NotificationStore;
import dev.headway.store.Database;
import dev.headway.store.TestPostgres;
import dev.headway.store.account.SqlAccountStore;
import dev.headway.testkit.contract.NotificationStoreContract;
import java.time.Instant;

class PostgresNotificationStoreTest extends NotificationStoreContract {
  private final Database database = TestPostgres.emptied("notifications");

  @Override
  protected JobStore emptyJobs() {
    return new SqlJobStore(database);
  }

  @Override
  protected NotificationStore emptyStore() {
    return new SqlNotificationStore(database);
  }

  @Override
  protected long user(String email) {
    return new SqlAccountStore(database)
        .addUser(email, "", Role.USER, Instant.EPOCH)
        .orElseThrow()
        .id();
  }
}
