package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.store.Database;
import dev.headway.store.DatabaseConfig;
import dev.headway.store.Schema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each start that cannot be says why in one line, and nothing else. */
final class StartFailuresTest {
  @TempDir private Path data = Path.of("");

  @Test
  void serve_portInUse_oneLine() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      var port = Integer.toString(other.getLocalPort());
      assertRefused(
          serve("--port", port),
          "headway: The port %s is in use. Stop the other program, or choose another with --port (0 takes a free one)"
              .formatted(port));
    }
  }

  @Test
  void serve_dataDirectoryIsAFile_oneLine() throws IOException {
    var file = Files.writeString(data.resolve("file"), "").toString();
    assertRefused(
        CommandRun.of("serve", "--port", "0", "--data", file),
        "headway: The data directory %s cannot be used: %s is a file. Name another with --data"
            .formatted(file, file));
  }

  @Test
  void serve_dataDirectoryInUse_oneLine() {
    try (var other = DataDirectory.open(data, new Random(1))) {
      assertThat(other.node()).isNotEmpty();
      var run = serve("--port", "0");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err())
          .singleElement()
          .asString()
          .contains("in use by another Headway server (process");
    }
  }

  @Test
  void serve_newerDatabase_oneLine() {
    var file = data.resolve("headway.db");
    try (var database = Database.open(new DatabaseConfig.Sqlite(file))) {
      database.migrate(Schema.CORE);
      database.write(handle ->
          handle.execute(
              """
              INSERT INTO schema_history_core
              SELECT 99, '999', 'from the future', type, 'V999__future.sql', 1, installed_by,
                installed_on, execution_time, success
              FROM schema_history_core WHERE version = '1'
              """));
    }
    assertRefused(
        serve("--port", "0"),
        "headway: The schema core of SQLite %s has version 999, which is newer than this program; use the program that made it or a newer one"
            .formatted(file));
  }

  @Test
  void serve_unreachablePostgres_oneLineWithoutThePassword() throws IOException {
    var port = portOfNobody();
    assertRefused(
        serve("--port", "0", "--database", "postgresql://ada:pa55@127.0.0.1:" + port + "/plant"),
        "headway: PostgreSQL 127.0.0.1:%d/plant cannot be reached; check host and port, and that the server runs"
            .formatted(port));
  }

  @Test
  void serve_busWithoutASharedDatabase_oneLine() {
    assertRefused(
        serve("--port", "0", "--bus", "redis://:pa55@127.0.0.1:6379"),
        "headway: The bus (Redis 127.0.0.1:6379/0) is for several servers on one PostgreSQL database, and the database is SQLite %s, which has one. Set database to postgresql://user:password@host:5432/name, or leave out bus"
            .formatted(data.resolve("headway.db")));
  }

  @Test
  void serve_busThatIsNone_oneLineWithoutThePassword() {
    var run = serve("--port", "0", "--bus", "http://ada:pa55@127.0.0.1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .singleElement()
        .asString()
        .contains("bus", "redis://user:password@host:6379/0")
        .doesNotContain("pa55");
  }

  private static int portOfNobody() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  @Test
  void serve_otherHostWithoutUsers_oneLineThatSaysHow() {
    var run = serve("--port", "0", "--host", "0.0.0.0");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .singleElement()
        .asString()
        .startsWith("headway: The host 0.0.0.0 can be reached from other machines")
        .contains("headway user add", "auth.provider");
  }

  @Test
  void serve_signingKeyIsOpenToOthers_oneLine() throws IOException {
    var key = Files.writeString(data.resolve("signing.key"), "x");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertRefused(
        serve("--port", "0"),
        "headway: The signing key %s is open to others (rw-r--r--). Run: chmod 600 %s"
            .formatted(key, key));
  }

  @Test
  void serve_severalWrongSettings_oneLineEach() throws IOException {
    var file =
        Files.writeString(data.resolve("headway.yaml"), "prot: 8000\nws: {ping-seconds: -1}\n");
    var run = serve("--port", "http", "--config", file.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .containsExactly(
            "headway: Unknown setting prot in %s; did you mean port?".formatted(file),
            "headway: --port: \"http\" is not a whole number from 0 to 65535",
            "headway: ws.ping-seconds in %s: \"-1\" is not a whole number from 0 to 3600"
                .formatted(file));
  }

  @Test
  void serve_unknownFlag_exitsWithTwo() {
    assertThat(serve("--prot", "1").exitCode()).isEqualTo(2);
    assertThat(CommandRun.of().exitCode()).isEqualTo(2);
  }

  private CommandRun serve(String... arguments) {
    var all = new ArrayList<>(List.of("serve", "--data", data.toString()));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static void assertRefused(CommandRun run, String line) {
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).containsExactly(line);
  }
}
