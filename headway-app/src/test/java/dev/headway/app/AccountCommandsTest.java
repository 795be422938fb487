package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
