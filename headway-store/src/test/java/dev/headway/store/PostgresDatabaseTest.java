package dev.headway.store;

import static dev.headway.testkit.contract.SampleJobs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.port.PageRequest;
import dev.headway.store.account.SqlAccountStore;
import dev.headway.store.job.SqlJobStore;
import dev.headway.testkit.contract.SampleJobs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
  void snapshot_writtenMeanwhile_seesOneState() {
    var database = TestPostgres.emptied("databases");
    database.write(handle -> handle.execute("CREATE TABLE line (text TEXT)"));
    var counts =
        database.snapshot(handle -> {
          var before = lines(handle);
          CompletableFuture.runAsync(() -> addLine(database)).join();
          return List.of(before, lines(handle));
        });

    assertThat(counts).containsExactly(0, 0);
    assertThat(database.<Integer>read(PostgresDatabaseTest::lines)).isOne();
  }

  private static int lines(Handle handle) {
    return handle.createQuery("SELECT count(*) FROM line").mapTo(int.class).one();
  }

  private static void addLine(Database database) {
    database.write(handle -> handle.execute("INSERT INTO line VALUES ('a')"));
  }

  @Test
  void probe_openDatabase_isWritten() {
    probe(TestPostgres.emptied("databases")).run();
  }

  private static WriteProbe probe(Database database) {
    return new WriteProbe(database, () -> Instant.EPOCH);
  }

  @Test
  void probe_closedDatabase_isUnavailable() {
    var database = Database.open(TestPostgres.config("postgres"));
    database.close();

    assertThatThrownBy(probe(database)::run)
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
  void probe_readOnlyDatabase_isUnavailable() {
    TestPostgres.emptied("databases");
    var url =
        TestPostgres.config("databases").url() + "?options=-c%20default_transaction_read_only=on";
    try (var database = Database.open(new DatabaseConfig.Postgres(url, "postgres", "postgres"))) {
      assertUnavailable(probe(database)::run);
    }
  }

  @Test
  void write_rowThatAnotherHolds_isUnavailableInTime() throws Exception {
    var database = TestPostgres.emptied("databases");
    probe(database).run();
    try (var connection = connection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT * FROM write_probe FOR UPDATE");

      assertUnavailable(probe(database)::run);
    }
  }

  private static Connection connection() throws SQLException {
    var config = TestPostgres.config("databases");
    return DriverManager.getConnection(config.url(), config.user(), config.password());
  }

  @Test
  void read_connectionsThatAreCutOffWithoutAWord_isUnavailableInTime() throws Exception {
    var postgres = URI.create(TestPostgres.config("postgres").url().substring("jdbc:".length()));
    try (var proxy = new SilentProxy(postgres.getPort());
        var database = Database.open(through(proxy))) {
      assertThat(one(database)).isEqualTo(1);

      proxy.silence();

      assertUnavailable(() -> one(database));
    }
  }

  private static DatabaseConfig.Postgres through(SilentProxy proxy) {
    var url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(proxy.port());
    return new DatabaseConfig.Postgres(url, "postgres", "postgres", 1);
  }

  private static int one(Database database) {
    return database.read(handle -> handle.createQuery("SELECT 1").mapTo(int.class).one());
  }

  private static void assertUnavailable(ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            HeadwayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE));
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

    assertThat(store.heldBy("a\uFFFDb")).containsExactly(job.id());
  }
}
