package dev.headway.store.node;

import dev.headway.core.port.NodeRegistry;
import dev.headway.store.Database;
import dev.headway.store.TestPostgres;
import dev.headway.testkit.contract.NodeRegistryContract;
import java.time.Duration;

final class PostgresNodeRegistryTest implements NodeRegistryContract {
  private final Database database = TestPostgres.emptied("nodes");

  @Override
  public NodeRegistry registry() {
    return new SqlNodeRegistry(database);
  }

  @Override
  public void pass(Duration time) {
    database.write(handle ->
        handle
            .createUpdate("UPDATE node SET renewed_at = renewed_at - :time")
            .bind("time", time)
            .execute());
  }
}
