package dev.headway.store;

import static dev.headway.testkit.contract.SampleJobs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Job;
import dev.headway.core.port.PageRequest;
import dev.headway.testkit.contract.SampleJobs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

class PostgresDatabaseTest {
  private static StartupException refusal(DatabaseConfig config) {
    try (var database = Database.open(config)) {
      throw new AssertionError("It opened: " + database);
    } catch (StartupException refusal) {
      return refusal;
    }
  }

  @Test
  void open_nobodyListens_saysWhatToCheck() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var url = "postgresql://me:secret@127.0.0.1:%d/headway".formatted(port);

    assertThat(refusal(DatabaseConfig.parse(url)))
        .hasMessage(
            "PostgreSQL 127.0.0.1:%d/headway cannot be reached; check host and port, and that the server runs"
                .formatted(port));
  }

  @Test
  void open_databaseMissing_saysSo() {
    assertThat(refusal(TestPostgres.config("nowhere")))
        .hasMessageContaining("has no database of that name");
  }

  @Test
  void open_wrongUser_saysSoWithoutThePassword() {
    var right = TestPostgres.config("postgres");
    var wrong = new DatabaseConfig.Postgres(right.url(), "nobody", "secret");

    assertThat(refusal(wrong)).hasMessageContaining("refused the user or the password");
    assertThat(refusal(wrong).getMessage()).doesNotContain("secret");
  }

  @Test
  void ping_openDatabase_answers() {
    TestPostgres.emptied("databases").ping();
  }

  @Test
  void ping_closedDatabase_isUnavailable() {
    var database = Database.open(TestPostgres.config("postgres"));
    database.close();

    assertThatThrownBy(database::ping)
        .isInstanceOfSatisfying(
            HeadwayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE));
  }

  @Test
  void write_workThrows_isRolledBack() {
    var database = TestPostgres.emptied("databases");

    assertThatThrownBy(() ->
            database.write(handle -> {
              handle.execute("INSERT INTO revoked_token VALUES ('a', 1)");
              throw new IllegalArgumentException("no");
            }))
        .hasMessage("no");
    assertThat(new SqlAccountStore(database).revoked(Instant.EPOCH)).isEmpty();
  }

  @Test
  void writeRelaxed_transaction_doesNotWaitForTheDisk() {
    var database = TestPostgres.emptied("databases");
    var relaxed = database.writeRelaxed(PostgresDatabaseTest::synchronousCommit);
    var durable = database.write(PostgresDatabaseTest::synchronousCommit);

    assertThat(relaxed).isEqualTo("off");
    assertThat(durable).isNotEqualTo("off");
  }

  private static String synchronousCommit(Handle handle) {
    return handle.createQuery("SHOW synchronous_commit").mapTo(String.class).one();
  }

  @Test
  void migrate_fromManyNodesAtOnce_allSucceed() throws Exception {
    TestPostgres.emptied("databases").read(handle -> handle.execute("CREATE DATABASE shared"));
    var nodes = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 4; i++) {
        nodes.add(threads.submit(PostgresDatabaseTest::startNode));
      }
    }

    for (var node : nodes) {
      assertThat(node.get()).isEqualTo(0L);
    }
  }

  private static long startNode() {
    var shared = TestPostgres.config("shared");
    var config = new DatabaseConfig.Postgres(shared.url(), shared.user(), shared.password(), 1);
    try (var node = Database.open(config)) {
      node.migrate(Schema.CORE);
      return new SqlAccountStore(node).users(new PageRequest(1, 1)).total();
    }
  }

  @Test
  void update_textWithNul_isWrittenWithoutIt() {
    var store = new SqlJobStore(TestPostgres.emptied("databases"));
    var job = new SampleJobs(store).running(spec("noop", null), "a\0b");

    assertThat(store.heldBy("a\uFFFDb")).extracting(Job::id).containsExactly(job.id());
  }
}
