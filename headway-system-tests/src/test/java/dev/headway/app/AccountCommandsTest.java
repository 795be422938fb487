package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccountCommandsTest {
  @TempDir private Path data = Path.of("");
  private final InputStream input = System.in;

  @AfterEach
  void giveInputBack() {
    System.setIn(input);
  }

  @Test
  void userAdd_thenKeyAdd_makesBoth() {
    var added = add("Ada@Example.com", "--role", "admin");
    assertThat(added.exitCode()).isZero();
    assertThat(added.out()).containsExactly("Added ada@example.com (admin)");

    var key = CommandRun.of("key", "add", "ada@example.com", "--role", "worker", "--data", data());
    assertThat(key.exitCode()).isZero();
    assertThat(key.out()).singleElement().asString().matches("hw_[A-Za-z0-9_-]{32}");
  }

  @Test
  void userAdd_wrongInput_everyDefectInALine() {
    System.setIn(new ByteArrayInputStream("short\n".getBytes(StandardCharsets.UTF_8)));
    var run = CommandRun.of("user", "add", "nobody", "--password-stdin", "--data", data());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).hasSize(2).allSatisfy(line -> assertThat(line).startsWith("headway: "));
  }

  @Test
  void userAdd_again_isRefused() {
    add("ada@example.com");
    var again = add("ada@example.com");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).containsExactly("headway: Email already registered");
  }

  @Test
  void userAdd_unknownRole_isRefused() {
    var run = CommandRun.of("user", "add", "a@example.com", "--role", "boss", "--data", data());
    assertThat(run.err())
        .containsExactly("headway: The role (boss) must be one of: user, worker, engineer, admin");
  }

  @Test
  void keyAdd_unknownUser_isRefused() {
    var run = CommandRun.of("key", "add", "nobody@example.com", "--data", data());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).containsExactly("headway: User nobody@example.com not found");
  }

  @Test
  void user_listRoleDisableEnableRemove_doWhatTheySay() {
    assertThat(add("root@example.com").out()).containsExactly("Added root@example.com (admin)");
    assertThat(add("ada@example.com").out()).containsExactly("Added ada@example.com (user)");
    assertThat(user("role", "ada@example.com", "engineer").out())
        .containsExactly("ada@example.com engineer");
    assertThat(user("disable", "ada@example.com").out())
        .containsExactly("ada@example.com engineer disabled");
    assertThat(user("list").out())
        .containsExactly("root@example.com admin", "ada@example.com engineer disabled");
    assertThat(user("enable", "ada@example.com").out()).containsExactly("ada@example.com engineer");
    assertThat(user("remove", "ada@example.com").out()).containsExactly("Removed ada@example.com");
    assertThat(user("list").out()).containsExactly("root@example.com admin");
    assertThat(user("remove", "root@example.com").err())
        .containsExactly(
            "headway: root@example.com is the only administrator; make another one first");
  }

  @Test
  void userAdd_withoutTerminal_namesTheRemedy() {
    var run = CommandRun.of("user", "add", "ada@example.com", "--data", data());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .containsExactly(
            "headway: There is no terminal to ask for the password; pipe it in with --password-stdin");
  }

  @Test
  void key_listAndRevoke_byNumber() {
    add("ada@example.com");
    CommandRun.of(
        "key", "add", "ada@example.com", "--role", "worker", "--queue", "gpu", "--data", data());
    assertThat(CommandRun.of("key", "list", "ada@example.com", "--data", data()).out())
        .containsExactly("1 worker key, queues gpu");
    assertThat(CommandRun.of("key", "revoke", "ada@example.com", "1", "--data", data()).out())
        .containsExactly("Revoked key 1 of ada@example.com");
    assertThat(CommandRun.of("key", "list", "ada@example.com", "--data", data()).out()).isEmpty();
  }

  private CommandRun user(String... words) {
    var all = new ArrayList<String>(List.of("user"));
    all.addAll(List.of(words));
    all.addAll(List.of("--data", data()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private CommandRun add(String email, String... more) {
    System.setIn(new ByteArrayInputStream("correct horse\n".getBytes(StandardCharsets.UTF_8)));
    var arguments = new String[more.length + 6];
    var first = new String[] {"user", "add", email, "--password-stdin", "--data", data()};
    System.arraycopy(first, 0, arguments, 0, first.length);
    System.arraycopy(more, 0, arguments, first.length, more.length);
    return CommandRun.of(arguments);
  }

  private String data() {
    return data.toString();
  }
}
