package dev.headway.store.job;

import dev.headway.store.Database;
import dev.headway.store.TestPostgres;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;

class PostgresQueryPlanTest extends QueryPlanContract {
  private static Database database;

  /* Enough ended jobs that an index is worth while to the planner. */
  @BeforeAll
  static void fill() {
    database = TestPostgres.emptied("plans");
    database.write(handle ->
        handle.execute(
            """
            INSERT INTO job (
              id, type, owner, queue, priority, max_attempts, external, created_at, status,
              attempt, version, started_at, completed_at, steps, message, updated_at)
            SELECT gen_random_uuid(), 'noop', i % 100, 'default', 0, 1, FALSE, i,
              CASE WHEN i % 10 = 0 THEN 'FAILED' ELSE 'COMPLETED' END, 1, 3, i, i, '',
              repeat('m', 200), i
            FROM generate_series(1, 20000) AS i
            """));
    database.write(handle -> handle.execute("INSERT INTO job_payload SELECT id, '{}' FROM job"));
    database.read(handle -> handle.execute("VACUUM ANALYZE job, job_payload"));
  }

  @Override
  String plan(String sql) {
    return database.read(handle ->
        handle.createQuery("EXPLAIN " + sql).mapTo(String.class).list().stream()
            .collect(Collectors.joining("\n")));
  }

  @Override
  boolean wasteful(String plan) {
    return plan.contains("Seq Scan on job");
  }
}
