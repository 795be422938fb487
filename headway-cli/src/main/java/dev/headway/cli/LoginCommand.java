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
    description = "Signs in. The token is stored in ~/.config/headway/credentials.")
final class LoginCommand extends ServerCommand {
  @Option(names = "--email", description = "E-mail address of the account.")
  private @Nullable String email;

  @Option(names = "--register", description = "Create the account first.")
  private boolean register;

  @Option(
      names = "--worker",
      description =
          "Store an API key with the role worker, which claims jobs from queues. It does not"
              + " expire.")
  private boolean worker;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Store this API key or token instead of signing in.")
  private @Nullable String key;

  LoginCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(HeadwayClient client) throws IOException {
    if (key != null) {
      return keep(key, "Stored the key");
    }
    var input =
        new BufferedReader(new InputStreamReader(environment().in(), StandardCharsets.UTF_8));
    var account = email == null ? ask("E-mail: ", input) : email;
    if (account.isBlank()) {
      throw new IllegalArgumentException(
          "No e-mail address given. Run `headway login --email you@example.org`.");
    }
    var password = password(input);
    if (password.isEmpty()) {
      throw new IllegalArgumentException(
          "No password given. Type it when asked, or pipe it in on the first line.");
    }
    if (register) {
      client.register(account, password);
    }
    var token = client.login(account, password);
    return worker
        ? keep(client.createKey("headway login", "worker"), "Stored a worker key for " + account)
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
