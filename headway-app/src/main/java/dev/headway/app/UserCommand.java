package dev.headway.app;

import dev.headway.core.account.Role;
import dev.headway.core.account.Roles;
import dev.headway.core.port.PageRequest;
import dev.headway.server.account.Accounts;
import dev.headway.server.account.Login;
import dev.headway.server.account.UserView;
import dev.headway.server.account.Users.Change;
import dev.headway.store.StartupException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
  private static final int PAGE = 1_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Which command? Known: list, add, role, disable, enable, remove");
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists users.")
  void list(@Mixin ServerOptions options) {
    with(
        options,
        accounts -> {
          String after = null;
          do {
            var users = accounts.users().list(null, new PageRequest(1, PAGE, after));
            users.items().forEach(this::print);
            after = users.next();
          } while (after != null);
        });
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
              description =
                  "user, worker, engineer or admin (default: user; admin for the first user).")
          @Nullable String roleName,
      @Option(
              names = "--password-stdin",
              description = "Reads the password from the first line of the standard input.")
          boolean fromInput,
      @Mixin ServerOptions options) {
    with(
        options,
        accounts -> {
          var role = roleName == null ? null : role(accounts.roles(), roleName);
          var password = fromInput ? PasswordPrompt.firstLine() : PasswordPrompt.asked();
          var user = accounts.users().add(new Login(email, password), role);
          say("Added %s (%s)".formatted(user.email(), user.role()));
        });
  }

  @Command(
      name = "role",
      mixinStandardHelpOptions = true,
      description = "Gives a user another role.")
  void role(
      @Parameters(paramLabel = "EMAIL", description = "The user's address.") String email,
      @Parameters(paramLabel = "ROLE", description = "user, worker, engineer or admin.")
          String roleName,
      @Mixin ServerOptions options) {
    change(options, email, accounts -> Change.of(role(accounts.roles(), roleName)));
  }

  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      description = "Disables a user: no token or key of the user is accepted any more.")
  void disable(
      @Parameters(paramLabel = "EMAIL", description = "The user's address.") String email,
      @Mixin ServerOptions options) {
    change(options, email, _ -> Change.of(false));
  }

  @Command(
      name = "enable",
      mixinStandardHelpOptions = true,
      description = "Enables a user who was disabled.")
  void enable(
      @Parameters(paramLabel = "EMAIL", description = "The user's address.") String email,
      @Mixin ServerOptions options) {
    change(options, email, _ -> Change.of(true));
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes a user with keys and tokens. Jobs stay, for administrators alone.")
  void remove(
      @Parameters(paramLabel = "EMAIL", description = "The user's address.") String email,
      @Mixin ServerOptions options) {
    with(
        options,
        accounts -> {
          var user = accounts.users().byEmail(email);
          accounts.users().remove(null, user.id());
          say("Removed " + user.email());
        });
  }

  private void change(ServerOptions options, String email, Function<Accounts, Change> change) {
    with(
        options,
        accounts -> {
          var id = accounts.users().byEmail(email).id();
          print(accounts.users().change(null, id, change.apply(accounts)));
        });
  }

  private static void with(ServerOptions options, Consumer<Accounts> work) {
    try (var local = LocalAccounts.open(options)) {
      work.accept(local.accounts());
    }
  }

  private void print(UserView user) {
    say("%s %s%s".formatted(user.email(), user.role(), user.isActive() ? "" : " disabled"));
  }

  private void say(String line) {
    var out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  private static Role role(Roles roles, String name) {
    return roles
        .find(name)
        .orElseThrow(() ->
            new StartupException(
                "The role (%s) must be one of: %s".formatted(name, Roles.names(roles.all()))));
  }
}
