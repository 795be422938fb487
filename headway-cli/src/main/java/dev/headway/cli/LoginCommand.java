package dev.headway.cli;

import dev.headway.client.HeadwayClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Signs in and keeps the token. */
@Command(
    name = "login",
    mixinStandardHelpOptions = true,
    description = "Sign in; the token is kept in ~/.config/headway/credentials.")
final class LoginCommand extends ServerCommand {
  @Option(names = "--email", description = "The account; asked for when missing.")
  private @Nullable String email;

  @Option(names = "--register", description = "Make the account first.")
  private boolean register;

  @Option(
      names = "--worker",
      description = "Keep a key that may do work, too, as headway run needs; it does not expire.")
  private boolean worker;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Keep this API key or token instead of signing in.")
  private @Nullable String key;

  LoginCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(HeadwayClient client) throws IOException {
    if (key != null) {
      return keep(key, "Kept the key");
    }
    var input =
        new BufferedReader(new InputStreamReader(environment().in(), StandardCharsets.UTF_8));
    var account = email == null ? ask("E-mail: ", input) : email;
    var password = password(input);
    if (register) {
      client.register(account, password);
    }
    var token = client.login(account, password);
    return worker
        ? keep(client.createKey("headway login", "worker"), "Made a worker's key for " + account)
        : keep(token, "Signed in as " + account);
  }

  private int keep(String token, String done) throws IOException {
    environment().credentials().keep(server(), token);
    print(done + " at " + server());
    return OK;
  }

  private String ask(String prompt, BufferedReader input) throws IOException {
    if (environment().interactive()) {
      environment().err().print(prompt);
      environment().err().flush();
    }
    return Objects.requireNonNullElse(input.readLine(), "");
  }

  /** Without an echo from a person, the next line of the input from a script. */
  private String password(BufferedReader input) throws IOException {
    var console = environment().console();
    if (console.isEmpty()) {
      return ask("", input);
    }
    var typed = console.get().readPassword("Password: ");
    return typed == null ? "" : new String(typed);
  }
}
