package dev.headway.store.job;

import dev.headway.core.account.Role;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.NotificationStore;
import dev.headway.store.TemporaryDatabase;
import dev.headway.store.account.SqlAccountStore;
import dev.headway.testkit.contract.NotificationStoreContract;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;

class SqliteNotificationStoreTest extends NotificationStoreContract {
  @AutoClose private final TemporaryDatabase database = new TemporaryDatabase();

  @Override
  protected JobStore emptyJobs() {
    return new SqlJobStore(database.migrated());
  }

  @Override
  protected NotificationStore emptyStore() {
    return new SqlNotificationStore(database.migrated());
  }

  @Override
  protected long user(String email) {
    return new SqlAccountStore(database.migrated())
        .addUser(email, "", Role.USER, Instant.EPOCH)
        .orElseThrow()
        .id();
  }
}
