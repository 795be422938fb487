package dev.headway.store.job;

import dev.headway.store.Database;
import dev.headway.store.TemporaryDatabase;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;

class SqliteQueryPlanTest extends QueryPlanContract {
  @AutoClose private final TemporaryDatabase temporary = new TemporaryDatabase();
  private final Database database = temporary.migrated();

  @Override
  String plan(String sql) {
    return database.read(handle ->
        handle
            .createQuery("EXPLAIN QUERY PLAN " + sql)
            .map((row, _) -> row.getString("detail"))
            .list()
            .stream()
            .collect(Collectors.joining("\n")));
  }

  /* The page's own rows are put in order once more; that is no more than a page. */
  @Override
  boolean wasteful(String plan) {
    return plan.lines().anyMatch(line -> line.matches("SCAN job( .*)?"))
        || (plan.contains("TEMP B-TREE") && !plan.contains("SCAN page"));
  }
}
