package dev.headway.filling.store;

import dev.headway.core.job.Json;
import dev.headway.filling.model.Block;
import dev.headway.filling.model.Plan;
import dev.headway.server.json.JsonCodec;
import dev.headway.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Plans by the attempt that found them. An attempt's plans are kept before its job ends, so what an
 * ended job's attempt has is its result. Safe for use by any thread; blocks.
 */
public final class PlanStore {
  private final Database database;

  /** Plans in {@code database}. */
  public PlanStore(Database database) {
    this.database = database;
  }

  /** Keeps what an attempt has found and removes what attempts before it had. */
  public void save(UUID job, int attempt, List<StoredPlan> plans) {
    database.write(handle -> {
      handle
          .createUpdate("DELETE FROM filling_plan WHERE job = :job AND attempt <= :attempt")
          .bind("job", job)
          .bind("attempt", attempt)
          .execute();
      try (var batch =
          handle.prepareBatch(
              """
              INSERT INTO filling_plan (job, attempt, position, strategy, start_at, lower_bound,
                                        planning_time, blocks)
              VALUES (:job, :attempt, :position, :strategy, :start_at, :lower_bound,
                      :planning_time, :blocks)
              """)) {
        for (var plan : plans) {
          batch
              .bind("job", job)
              .bind("attempt", attempt)
              .bind("position", plan.position())
              .bind("strategy", plan.strategy())
              .bind("start_at", plan.start())
              .bind("lower_bound", plan.lowerBound())
              .bind("planning_time", plan.took())
              .bind("blocks", text(plan.plan()))
              .add();
        }
        return batch.execute();
      }
    });
  }

  /** The plans of an attempt, in the order of the task's strategies. */
  public List<StoredPlan> find(UUID job, int attempt) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT position, strategy, start_at, lower_bound, planning_time, blocks
                FROM filling_plan WHERE job = :job AND attempt = :attempt ORDER BY position
                """)
            .bind("job", job)
            .bind("attempt", attempt)
            .map((row, _) -> plan(row))
            .list());
  }

  /** One plan, above the highest bound that any of its attempt's strategies has proved. */
  public Optional<StoredPlan> find(PlanPlace place) {
    var all = find(place.job(), place.attempt());
    var bound = all.stream().mapToLong(StoredPlan::lowerBound).max().orElse(0);
    return all.stream()
        .filter(plan -> plan.position() == place.position())
        .findFirst()
        .map(plan -> plan.above(bound));
  }

  private static StoredPlan plan(ResultSet row) throws SQLException {
    return new StoredPlan(
        row.getInt("position"),
        row.getString("strategy"),
        Moments.instant(row.getLong("start_at")),
        row.getLong("lower_bound"),
        Duration.of(row.getLong("planning_time"), ChronoUnit.MICROS),
        plan(new Json(row.getString("blocks"))));
  }

  static String text(Plan plan) {
    var lines =
        plan.lines().stream().map(blocks -> blocks.stream().map(Block::lots).toList()).toList();
    return JsonCodec.json(lines).text();
  }

  static Plan plan(Json text) {
    var lines = new ArrayList<List<Block>>();
    for (var line : JsonCodec.tree(text).values()) {
      lines.add(line.values().stream().map(PlanStore::block).toList());
    }
    return new Plan(lines);
  }

  private static Block block(JsonNode lots) {
    return new Block(lots.values().stream().map(JsonNode::asInt).toList());
  }
}
