package dev.headway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteDatabaseTest {
  private static final Schema SAMPLE = new Schema("sample", "dev/headway/store/sample");

  @AutoClose private final TemporaryDatabase temporary = new TemporaryDatabase();

  private static int addUser(Handle handle, String email) {
    return handle.execute(
        """
        INSERT INTO account (email, password_hash, role, active, created_at, tokens_valid_from)
        VALUES (?, '', 'USER', TRUE, 0, 0)
        """,
        email);
  }

  private static int users(Database database) {
    return database.<Integer>read(SqliteDatabaseTest::users);
  }

  private static int users(Handle handle) {
    return handle.createQuery("SELECT count(*) FROM account").mapTo(int.class).one();
  }

  private static void writeAtOnce(Database database, int count) throws Exception {
    var entered = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    var answers = new ArrayList<Future<Integer>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> database.write(_ -> hold(entered, free)));
      entered.await();
      for (var i = 0; i < count; i++) {
        var email = i + "@example.org";
        answers.add(threads.submit(() -> database.write(handle -> addUser(handle, email))));
      }
      free.countDown();
      assertThat(first.get()).isZero();
      for (var answer : answers) {
        assertThat(answer.get()).isEqualTo(1);
      }
    }
  }

  private static int hold(CountDownLatch entered, CountDownLatch free) {
    entered.countDown();
    try {
      free.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return 0;
  }

  @Test
  void write_manyVirtualThreads_allAreWritten() throws Exception {
    var database = temporary.migrated();
    writeAtOnce(database, 2_000);

    assertThat(users(database)).isEqualTo(2_000);
  }

  @Test
  void counted_readAndWritten_knowsHowOften() {
    var database = new CountedDatabase(temporary.migrated());
    database.write(handle -> addUser(handle, "a@example.org"));
    database.writeRelaxed(handle -> addUser(handle, "b@example.org"));

    assertThat(users(database)).isEqualTo(2);
    assertThat(database.reads()).isEqualTo(1);
    assertThat(database.writes()).isEqualTo(2);
  }

  @Test
  void snapshot_writtenMeanwhile_seesOneState() {
    var database = temporary.migrated();
    var counts =
        database.snapshot(handle -> {
          var before = users(handle);
          CompletableFuture.runAsync(() -> database.write(other -> addUser(other, "a@example.org")))
              .join();
          return List.of(before, users(handle));
        });

    assertThat(counts).containsExactly(0, 0);
    assertThat(database.<Integer>read(SqliteDatabaseTest::users)).isOne();
  }

  /* https://www.sqlite.org/pragma.html#pragma_max_page_count: beyond it the file is full. */
  private static int limitPages(Database database, int most) {
    return database.write(
        handle -> handle.createQuery("PRAGMA max_page_count = " + most).mapTo(int.class).one());
  }

  @Test
  void write_diskIsFull_isUnavailableAndWorksOnceThereIsRoom() {
    var database = temporary.migrated();
    limitPages(database, 1);
    for (var attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> database.write(handle -> addUser(handle, "x".repeat(1_000_000))))
          .isInstanceOf(HeadwayException.class)
          .extracting(failure -> ((HeadwayException) failure).code())
          .isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(users(database)).isZero();
    }
    limitPages(database, Integer.MAX_VALUE);

    database.write(handle -> addUser(handle, "x".repeat(1_000_000)));
    assertThat(users(database)).isOne();
  }

  @Test
  void write_returned_isInTheFileForAnyOtherProgram() throws Exception {
    var database = temporary.migrated();
    database.write(handle -> addUser(handle, "a@example.org"));

    /* What a program sees that opens the file while this one is killed: nothing was closed. */
    var copy = temporary.directory().resolve("copy.db");
    Files.copy(temporary.config().file(), copy);
    Files.copy(Path.of(temporary.config().file() + "-wal"), Path.of(copy + "-wal"));
    try (var recovered = Database.open(new DatabaseConfig.Sqlite(copy))) {
      assertThat(users(recovered)).isEqualTo(1);
    }
  }

  @Test
  void writeRelaxed_returned_isInTheFileForAnyOtherProgram() throws Exception {
    var database = temporary.migrated();
    database.writeRelaxed(handle -> addUser(handle, "a@example.org"));

    try (var other = Database.open(temporary.config())) {
      assertThat(users(other)).isEqualTo(1);
    }
  }

  @Test
  void write_afterRelaxed_flushesEachCommitAgain() {
    var database = temporary.migrated();
    var relaxed = database.writeRelaxed(SqliteDatabaseTest::synchronous);
    var durable = database.write(SqliteDatabaseTest::synchronous);

    assertThat(relaxed).isEqualTo(1);
    assertThat(durable).isEqualTo(2);
  }

  /* https://www.sqlite.org/pragma.html#pragma_synchronous: 1 is NORMAL, 2 is FULL. */
  private static int synchronous(Handle handle) {
    return handle.createQuery("PRAGMA synchronous").mapTo(int.class).one();
  }

  @Test
  void write_oneOfAGroupFails_itAloneIsUndone() throws Exception {
    var database = temporary.migrated();
    var entered = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    var holder = Thread.ofVirtual().start(() -> database.write(_ -> hold(entered, free)));
    entered.await();
    var failures = new ConcurrentLinkedQueue<Throwable>();
    var group =
        Stream.<Function<Handle, Integer>>of(
                handle -> addUser(handle, "a@example.org"),
                SqliteDatabaseTest::addUserAndFail,
                handle -> addUser(handle, "c@example.org"))
            .map(work -> waiting(() -> database.write(work), failures))
            .toList();
    free.countDown();
    holder.join();
    for (var thread : group) {
      thread.join();
    }

    assertThat(failures).singleElement().extracting(Throwable::getMessage).isEqualTo("no");
    assertThat(users(database)).isEqualTo(2);
  }

  @Test
  void write_whileAnotherProgramLocksTheFile_isUnavailableAndWorksAfterwards() throws Exception {
    var database = temporary.migrated();
    var url = "jdbc:sqlite:" + temporary.config().file();
    try (var other = DriverManager.getConnection(url);
        var statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");

      assertThatThrownBy(() -> database.write(handle -> addUser(handle, "a@example.org")))
          .isInstanceOfSatisfying(
              HeadwayException.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE));
      assertThat(users(database)).isZero();
      statement.execute("ROLLBACK");
    }
    assertThat(database.<Integer>write(handle -> addUser(handle, "a@example.org"))).isEqualTo(1);
  }

  @Test
  void write_queuedWhileTheFileIsLocked_isRefusedWithTheOneThatWaitsForTheLock() throws Exception {
    var entered = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    var attempts = new AtomicInteger();
    try (var writer = new SqliteWriter(Jdbi.create(() -> locked(attempts, entered, free)))) {
      var failures = new ConcurrentLinkedQueue<Throwable>();
      Runnable write = () -> writer.write(handle -> addUser(handle, "a@example.org"), false);
      var first = waiting(write, failures);
      entered.await();
      var others = Stream.generate(() -> waiting(write, failures)).limit(1_000).toList();
      free.countDown();
      first.join();
      for (var other : others) {
        other.join();
      }

      assertThat(attempts).hasValue(1);
      assertThat(failures)
          .hasSize(1_001)
          .allSatisfy(failure ->
              assertThat(failure)
                  .isInstanceOfSatisfying(
                      HeadwayException.class,
                      refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE)));
    }
  }

  private static Connection locked(
      AtomicInteger attempts, CountDownLatch entered, CountDownLatch free) throws SQLException {
    attempts.incrementAndGet();
    hold(entered, free);
    throw new SQLiteException("locked", SQLiteErrorCode.SQLITE_BUSY);
  }

  /* A thread that has handed in its work and waits for the answer. */
  private static Thread waiting(Runnable work, Queue<Throwable> failures) {
    var thread =
        Thread.ofVirtual()
            .uncaughtExceptionHandler((_, failure) -> failures.add(failure))
            .start(work);
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }

  private static int addUserAndFail(Handle handle) {
    addUser(handle, "b@example.org");
    throw new IllegalArgumentException("no");
  }

  @Test
  void write_statementIsWrong_throwsAndTheNextSucceeds() {
    var database = temporary.migrated();

    assertThatThrownBy(() -> database.write(handle -> handle.execute("INSERT INTO nowhere")))
        .isNotInstanceOf(HeadwayException.class);
    var added = database.write(handle -> addUser(handle, "a@example.org"));
    assertThat(added).isEqualTo(1);
  }

  @Test
  void write_withinWork_isRefusedInsteadOfWaitingForItself() {
    var database = temporary.migrated();

    assertThatThrownBy(() -> database.write(_ -> users(database)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("handle");
    assertThatThrownBy(
            () -> database.read(_ -> database.write(handle -> addUser(handle, "a@example.org"))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(users(database)).isZero();
  }

  @Test
  void write_callerInterrupted_isWrittenAndTheInterruptKept() throws Exception {
    var database = temporary.migrated();
    var kept = new CountDownLatch(1);
    var caller =
        Thread.ofVirtual()
            .start(() -> {
              Thread.currentThread().interrupt();
              database.write(handle -> addUser(handle, "a@example.org"));
              if (Thread.interrupted()) {
                kept.countDown();
              }
            });
    caller.join();

    assertThat(kept.getCount()).isZero();
    assertThat(users(database)).isEqualTo(1);
  }

  @Test
  void read_writingStatement_isRefused() {
    var database = temporary.migrated();

    assertThatThrownBy(() -> database.read(handle -> addUser(handle, "a@example.org")))
        .isInstanceOf(RuntimeException.class);
    assertThat(users(database)).isZero();
  }

  @Test
  void write_closed_isUnavailable() {
    var database = temporary.migrated();
    database.close();

    assertThatThrownBy(() -> database.write(handle -> addUser(handle, "a@example.org")))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    assertThatThrownBy(new WriteProbe(database, () -> Instant.EPOCH)::run)
        .isInstanceOf(HeadwayException.class);
  }

  @Test
  void close_reopened_keepsEverything() {
    var database = temporary.migrated();
    database.write(handle -> addUser(handle, "a@example.org"));
    database.close();

    var reopened = temporary.migrated();
    new WriteProbe(reopened, () -> Instant.EPOCH).run();
    assertThat(users(reopened)).isEqualTo(1);
  }

  @Test
  void damage_wholeFile_isNone() {
    var database = (SqliteDatabase) temporary.migrated();

    assertThat(database.damage()).isEmpty();
  }

  @Test
  void damage_pagesOverwritten_isNamed() throws IOException {
    var whole = temporary.migrated();
    whole.write(handle -> {
      IntStream.range(0, 500).forEach(i -> addUser(handle, i + "@example.org"));
      return null;
    });
    whole.close();
    overwriteLastPages();

    var database = (SqliteDatabase) temporary.open();

    assertThat(database.damage()).isNotEmpty();
  }

  private void overwriteLastPages() throws IOException {
    var file = temporary.config().file();
    var bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length - 8_192, bytes.length, (byte) 7);
    Files.write(file, bytes);
  }

  @Test
  void damaged_pagesOverwritten_isNoticedWhereTheyAreReadAndByTheProbe() throws IOException {
    var whole = temporary.migrated();
    whole.write(handle -> {
      IntStream.range(0, 500).forEach(i -> addUser(handle, i + "@example.org"));
      return null;
    });
    whole.close();
    overwriteLastPages();
    var database = temporary.open();
    var probe = new WriteProbe(database, () -> Instant.EPOCH);
    probe.run();

    assertThatThrownBy(() ->
            database.read(handle ->
                handle.createQuery("SELECT * FROM account ORDER BY id").mapToMap().list()))
        .isInstanceOf(HeadwayException.class);

    assertThat(database.damaged()).isTrue();
    assertThatThrownBy(probe::run).hasMessageContaining("damaged");
  }

  @Test
  void open_newFile_isReadableByItsOwnerAlone() throws IOException {
    temporary.migrated();

    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary.config().file())))
        .isEqualTo("rw-------");
  }

  @Test
  void open_missingDirectory_isMade() {
    var file = temporary.directory().resolve("a/b/headway.db");
    Database.open(new DatabaseConfig.Sqlite(file)).close();

    assertThat(file).isRegularFile();
  }

  @Test
  void open_notADatabase_saysSo() throws IOException {
    Files.writeString(temporary.config().file(), "lot,type\n".repeat(1_000));

    assertThatThrownBy(temporary::open)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(temporary.config().file().toString())
        .hasMessageContaining("is not an SQLite database");
  }

  @Test
  void open_directoryThatIsAFile_saysSo() throws IOException {
    var file = Files.createFile(temporary.directory().resolve("data"));
    var config = new DatabaseConfig.Sqlite(file.resolve("headway.db"));

    assertThatThrownBy(() -> Database.open(config))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("cannot be read and written; check the rights");
  }

  @Test
  void open_directory_saysSo() {
    var config = new DatabaseConfig.Sqlite(temporary.directory());

    assertThatThrownBy(() -> Database.open(config))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("is a directory; name a file");
  }

  @Test
  void migrate_twice_changesNothing() {
    var database = temporary.migrated();
    database.write(handle -> addUser(handle, "a@example.org"));
    database.migrate(Schema.CORE);

    assertThat(users(database)).isEqualTo(1);
  }

  @Test
  void migrate_severalModules_eachCountsFromOne() {
    var database = temporary.migrated();
    database.migrate(SAMPLE);

    database.write(handle -> addUser(handle, "a@example.org"));
    var added = database.write(handle -> handle.execute("INSERT INTO sample (account) VALUES (1)"));
    assertThat(added).isEqualTo(1);
  }

  @Test
  void migrate_databaseThatFlywayMade_isTakenAsItIs() throws Exception {
    temporary.migrated().close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + temporary.config().file());
        var statement = connection.createStatement()) {
      statement.executeUpdate(
          """
          INSERT INTO schema_history_core
          SELECT 0, '0', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', NULL,
            installed_by, installed_on, execution_time, success
          FROM schema_history_core WHERE version = '1'
          """);
    }

    assertThat(users(temporary.migrated())).isZero();
  }

  @Test
  void migrate_scriptFails_leavesNothingOfItBehind() {
    var database = temporary.migrated();
    var broken = new Schema("broken", "dev/headway/store/broken");

    assertThatThrownBy(() -> database.migrate(broken))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("could not be brought up to date");
    assertThat(tables(database)).doesNotContain("half");
  }

  private static List<String> tables(Database database) {
    return database.read(
        handle -> handle.createQuery("SELECT name FROM sqlite_schema").mapTo(String.class).list());
  }

  @Test
  void migrate_scriptChangedSince_isRefused() throws Exception {
    temporary.migrated().close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + temporary.config().file());
        var statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE schema_history_core SET checksum = checksum + 1");
    }
    var database = temporary.open();

    assertThatThrownBy(() -> database.migrate(Schema.CORE))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("is not the one this program made");
  }

  @Test
  void migrate_newerDatabase_isRefusedAndLeftAlone() throws Exception {
    temporary.migrated().close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + temporary.config().file());
        var statement = connection.createStatement()) {
      statement.executeUpdate(
          """
          INSERT INTO schema_history_core
          SELECT 99, '999', 'from the future', type, 'V999__future.sql', 1, installed_by,
            installed_on, execution_time, success
          FROM schema_history_core WHERE version = '1'
          """);
    }
    var database = temporary.open();

    assertThatThrownBy(() -> database.migrate(Schema.CORE))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("version 999, which is newer than this program");
  }

  @Test
  void migrate_twoScriptsOfOneVersion_areRefusedByName() {
    var database = temporary.migrated();
    var twice = new Schema("twice", "dev/headway/store/twice");

    assertThatThrownBy(() -> database.migrate(twice))
        .isInstanceOf(StartupException.class)
        .hasStackTraceContaining("two migrations of version 1")
        .hasStackTraceContaining("V1__once.sql");
    assertThat(tables(database)).doesNotContain("once", "again");
  }

  @Test
  void migrate_missingLocation_isRefused() {
    var database = temporary.open();

    assertThatThrownBy(() -> database.migrate(new Schema("none", "dev/headway/nowhere")))
        .isInstanceOf(StartupException.class);
  }
}
