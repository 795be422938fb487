package dev.headway.store;

import static dev.headway.testkit.contract.SampleJobs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.testkit.contract.SampleJobs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
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
    TestPostgres.emptied().ping();
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
    var database = TestPostgres.emptied();

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
    var database = TestPostgres.emptied();
    var relaxed = database.writeRelaxed(PostgresDatabaseTest::synchronousCommit);
    var durable = database.write(PostgresDatabaseTest::synchronousCommit);

    assertThat(relaxed).isEqualTo("off");
    assertThat(durable).isNotEqualTo("off");
  }

  private static String synchronousCommit(Handle handle) {
    return handle.createQuery("SHOW synchronous_commit").mapTo(String.class).one();
  }

  @Test
  void migrate_fromTwoNodesAtOnce_bothSucceed() throws Exception {
    TestPostgres.emptied().read(handle -> handle.execute("CREATE DATABASE shared"));
    try (var one = Database.open(TestPostgres.config("shared"));
        var other = Database.open(TestPostgres.config("shared"))) {
      var node = Thread.ofVirtual().start(() -> one.migrate(Schema.CORE));
      other.migrate(Schema.CORE);
      node.join();

      assertThat(new SqlAccountStore(one).userByEmail("a@example.org")).isEmpty();
      one.migrate(Schema.CORE);
    }
  }

  @Test
  void checkpoint_messageWithNul_doesNotCostTheBatch() {
    var store = new SqlJobStore(TestPostgres.emptied());
    var jobs = new SampleJobs(store);
    var odd = jobs.running(spec("noop", null), "worker");
    var even = jobs.running(spec("noop", null), "worker");
    store.checkpoint(List.of(jobs.reported(odd, 1, "a\0b"), jobs.reported(even, 2, "fine")));

    assertThat(store.find(odd.id()).orElseThrow().progress().message()).isEqualTo("a\uFFFDb");
    assertThat(store.find(even.id()).orElseThrow().progress().message()).isEqualTo("fine");
  }
}
