package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code headway backup} and {@code headway restore}, with a server that goes on running. */
@Execution(ExecutionMode.CONCURRENT) // each waits for processes of its own
final class BackupTest {
  private static final String ACCOUNT =
      "{\"email\":\"ada@example.org\",\"password\":\"correct horse\"}";

  @TempDir private Path folder = Path.of("");

  @Test
  void restore_ofABackupOfARunningServer_bringsBackJobsAccountsAndTokens() throws Exception {
    var data = folder.resolve("data");
    var backup = folder.resolve("backup");
    var again = folder.resolve("again");
    String token;
    String job;
    try (var server = ServeProcess.start(data, Map.of());
        var client = HttpClient.newHttpClient()) {
      var url = server.url();
      post(client, url + "/api/v1/auth/register", ACCOUNT);
      token = member(post(client, url + "/api/v1/auth/login", login()), "access_token");
      var wanted = "{\"job_type\":\"press\",\"external\":true}";
      job = member(post(client, url + "/jobs", wanted), "id");

      var made = CommandRun.of("backup", backup.toString(), "--data", data.toString());

      assertThat(made.err()).isEmpty();
      assertThat(made.exitCode()).isZero();
      assertThat(made.out().getFirst()).contains("headway.db", "signing.key");
    }
    var restored = CommandRun.of("restore", backup.toString(), "--data", again.toString());
    assertThat(restored.err()).isEmpty();
    assertThat(restored.exitCode()).isZero();
    assertThat(rights(again.resolve("headway.db"))).isEqualTo("rw-------");
    assertThat(rights(again.resolve("signing.key"))).isEqualTo("rw-------");
    assertThat(rights(again)).isEqualTo("rwx------");
    try (var server = ServeProcess.start(again, Map.of());
        var client = HttpClient.newHttpClient()) {
      assertThat(get(client, server.url() + "/jobs/" + job, token).body())
          .contains("\"status\":\"queued\"");
      assertThat(get(client, server.url() + "/api/v1/auth/me", token).body())
          .contains("ada@example.org");
    }
  }

  @Test
  void restore_fileChanged_isRefusedWithItsNameAndWritesNothing() throws Exception {
    var backup = backupOfAnEmptyServer();
    Files.writeString(backup.resolve("signing.key"), "x");
    var target = folder.resolve("target");

    var restored = CommandRun.of("restore", backup.toString(), "--data", target.toString());

    assertThat(restored.exitCode()).isEqualTo(1);
    assertThat(String.join("\n", restored.err()))
        .contains("not whole", "signing.key was changed after the backup");
    assertThat(target).doesNotExist();
  }

  @Test
  void restore_backupWithoutADatabase_isRefusedAndMakesNone() throws Exception {
    Files.writeString(folder.resolve("SHA256SUMS"), "");

    var restored =
        CommandRun.of("restore", folder.toString(), "--data", folder.resolve("new").toString());

    assertThat(restored.exitCode()).isEqualTo(1);
    assertThat(String.join("\n", restored.err())).contains("SHA256SUMS does not name headway.db");
    assertThat(folder.resolve("headway.db")).doesNotExist();
    assertThat(folder.resolve("new")).doesNotExist();
  }

  @Test
  void restore_intoADirectoryInUse_isRefused() throws Exception {
    var backup = backupOfAnEmptyServer();

    var restored =
        CommandRun.of("restore", backup.toString(), "--data", folder.resolve("data").toString());

    assertThat(restored.exitCode()).isEqualTo(1);
    assertThat(String.join("\n", restored.err())).contains("is not empty");
  }

  @Test
  void restore_ofAFolderThatIsNoBackup_saysSo() {
    var restored =
        CommandRun.of("restore", folder.toString(), "--data", folder.resolve("new").toString());

    assertThat(restored.exitCode()).isEqualTo(1);
    assertThat(String.join("\n", restored.err())).contains("is not a backup");
  }

  private Path backupOfAnEmptyServer() throws Exception {
    var data = folder.resolve("data");
    var backup = folder.resolve("backup");
    try (var server = ServeProcess.start(data, Map.of())) {
      assertThat(server.url()).isNotEmpty();
      server.stop();
      assertThat(server.exitCode()).isZero();
    }
    assertThat(CommandRun.of("backup", backup.toString(), "--data", data.toString()).exitCode())
        .isZero();
    return backup;
  }

  private static String login() {
    return "username=ada%40example.org&password=correct+horse";
  }

  private static String post(HttpClient client, String url, String body)
      throws IOException, InterruptedException {
    var type = body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded";
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body));
    return client.send(request.build(), BodyHandlers.ofString()).body();
  }

  private static HttpResponse<String> get(HttpClient client, String url, String token)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static String member(String json, String name) {
    return json.replaceFirst(".*?\"" + name + "\":\"([^\"]*)\".*", "$1");
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
