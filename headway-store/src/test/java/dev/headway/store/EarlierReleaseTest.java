package dev.headway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.engine.Jobs;
import dev.headway.core.id.RandomIds;
import dev.headway.core.job.Command;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Json;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.port.JobStore.Waiting;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Topic;
import dev.headway.store.job.SqlJobStore;
import dev.headway.testkit.ManualClock;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database that an earlier release made, before milestones were stored (version 7 of the schema):
 * its jobs go on, and watchers resume from what has happened since.
 */
class EarlierReleaseTest {
  private static final UUID WAITS = UUID.fromString("00000000-0000-7000-8000-000000000001");
  private static final UUID RUNS = UUID.fromString("00000000-0000-7000-8000-000000000002");
  private static final UUID ENDED = UUID.fromString("00000000-0000-7000-8000-000000000003");
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final ManualClock clock = ManualClock.atNoon();
  @TempDir private Path folder = Path.of("");

  @Test
  void sqlite_ofVersion7_goesOn() throws Exception {
    goesOn(new DatabaseConfig.Sqlite(folder.resolve("headway.db")));
  }

  @Test
  void postgres_ofVersion7_goesOn() throws Exception {
    goesOn(TestPostgres.config("postgres")); // which no other test has
  }

  private void goesOn(DatabaseConfig config) throws Exception {
    try (var database = Database.open(config)) {
      migrateTo7(database);
      var now = Columns.micros(clock.instant());
      insert(database, WAITS, "'QUEUED', 1, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL");
      insert(
          database,
          RUNS,
          "'IN_PROGRESS', 1, 2, 'fence', 'w', 60000000, %d, %d, NULL, NULL".formatted(now, now));
      insert(
          database,
          ENDED,
          "'COMPLETED', 1, 3, NULL, NULL, NULL, NULL, %d, %d, '{}'".formatted(now, now));
      database.write(handle ->
          handle.execute("INSERT INTO job_log VALUES (?, 1, ?, 'log', 'of before')", RUNS, now));

      database.migrate(Schema.CORE);

      go(new SqlJobStore(database));
    }
  }

  /** Brings the tables to version 7, from a class path that has no later migration. */
  private void migrateTo7(Database database) throws IOException {
    var scripts = Files.createDirectories(folder.resolve(Schema.CORE.location()));
    for (var migration : Migration.of(Schema.CORE)) {
      if (migration.version() <= 7) {
        Files.writeString(scripts.resolve(migration.script()), migration.sql());
      }
    }
    var thread = Thread.currentThread();
    var own = thread.getContextClassLoader();
    try (var earlier = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
      thread.setContextClassLoader(earlier);
      database.migrate(Schema.CORE);
    } finally {
      thread.setContextClassLoader(own);
    }
  }

  private static void insert(Database database, UUID id, String state) {
    database.write(handle -> {
      handle.execute(
          """
          INSERT INTO job (id, type, owner, queue, priority, max_attempts, external, created_at,
            status, attempt, version, lease_token, lease_worker, lease_length, lease_expires_at,
            started_at, completed_at, result, steps, percent, message, updated_at)
          VALUES (?, 'bake', 0, 'default', 0, 3, TRUE, 1, %s, '', 20, '', 1)
          """
              .formatted(state),
          id);
      return handle.execute("INSERT INTO job_payload VALUES (?, '{}')", id);
    });
  }

  private void go(SqlJobStore store) {
    var ids = new RandomIds(clock, new SplittableRandom(1));
    var jobs = new Jobs(store, new Hub(clock, ids, Hub.Limits.DEFAULT), clock, ids);
    assertThat(jobs.find(ENDED).orElseThrow().status()).isEqualTo(JobStatus.COMPLETED);
    var before = jobs.topic(RUNS).snapshot().cursor();

    jobs.report(RUNS, "fence", ProgressReport.of(60, "on its way"));
    assertThat(jobs.log(RUNS, "log", List.of("of now"))).isEqualTo(2);
    jobs.apply(RUNS, new Command.Complete("fence", Json.EMPTY_OBJECT));
    var external = new Waiting("default", Set.of("bake"), true, null);
    assertThat(jobs.claim(external, "w", LEASE).orElseThrow().id()).isEqualTo(WAITS);

    assertThat(store.milestones(store.find(RUNS).orElseThrow(), 0))
        .extracting(milestone -> milestone.number() + " " + milestone.event().type())
        .containsExactly("1 completed");
    var restarted = new Jobs(store, new Hub(clock, ids, Hub.Limits.DEFAULT), clock, ids);
    assertThat(restarted.topic(RUNS).start(before)).isInstanceOf(Topic.Start.Resumed.class);
  }
}
