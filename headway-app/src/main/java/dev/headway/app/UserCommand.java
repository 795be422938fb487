package dev.headway.app;

import dev.headway.core.account.Role;
import dev.headway.core.account.Roles;
import dev.headway.server.account.Login;
import dev.headway.store.StartupException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headway user}: the users of an installation. */
@Command(
    name = "user",
    mixinStandardHelpOptions = true,
    description = "Users of the server whose data directory or database this is.")
final class UserCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? Known: add");
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Adds a user; asks for the password.")
  void add(
      @Parameters(paramLabel = "EMAIL", description = "The user's address.") String email,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              defaultValue = "user",
              description = "user, worker, engineer or admin (default: ${DEFAULT-VALUE}).")
          String roleName,
      @Option(
              names = "--password-stdin",
              description = "Reads the password from the first line of the standard input.")
          boolean fromInput,
      @Mixin ServerOptions options)
      throws IOException {
    var configuration = options.configuration(Map.of());
    try (var local = LocalAccounts.open(configuration.settings())) {
      var role = role(local.accounts().roles(), roleName);
      var password = fromInput ? firstLine() : asked();
      var user = local.accounts().users().add(new Login(email, password), role);
      var out = spec.commandLine().getOut();
      out.println("Added %s (%s)".formatted(user.email(), user.role()));
      out.flush();
    }
  }

  private static Role role(Roles roles, String name) {
    return roles
        .find(name)
        .orElseThrow(() ->
            new StartupException(
                "The role (%s) must be one of: %s".formatted(name, Roles.names(roles.all()))));
  }

  private static String firstLine() throws IOException {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var line = input.readLine();
    return line == null ? "" : line;
  }

  private static String asked() {
    var console = Objects.requireNonNull(System.console(), "there is one since JDK 22");
    if (!console.isTerminal()) {
      throw new StartupException(
          "There is no terminal to ask for the password; pipe it in with --password-stdin");
    }
    var first = read(console, "Password (8 to 128 characters): ");
    if (!first.equals(read(console, "Again: "))) {
      throw new StartupException("The two passwords differ; nobody was added");
    }
    return first;
  }

  private static String read(Console console, String prompt) {
    var password = console.readPassword("%s", prompt);
    return password == null ? "" : new String(password);
  }
}
