package dev.headway.app;

import dev.headway.server.account.key.ApiKeys.Requested;
import dev.headway.server.account.key.ApiKeys.View;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headway key}: the API keys of an installation. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    subcommands = KeyCommand.Add.class,
    description = "API keys for programs, of the server whose data directory or database this is.")
final class KeyCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? Known: list, add, revoke");
  }

  /** {@code headway key add}. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Creates an API key and prints it once. Store it now.")
  static final class Add implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "EMAIL", description = "Whose key it is.")
    private String email = "";

    @Option(
        names = "--name",
        paramLabel = "NAME",
        defaultValue = "key",
        description = "What it is called (default: ${DEFAULT-VALUE}).")
    private String name = "";

    @Option(
        names = "--role",
        paramLabel = "ROLE",
        description = "worker, for example; by default the user's own.")
    private @Nullable String role;

    @Option(
        names = "--queue",
        paramLabel = "QUEUE",
        description = "A queue it may claim from; may be repeated (default: all).")
    private Set<String> queues = Set.of();

    @Option(
        names = "--expires-at",
        paramLabel = "TIME",
        description = "When it ends, such as 2027-01-31T00:00:00Z (default: never).")
    private @Nullable Instant expiresAt;

    @Mixin private ServerOptions options = new ServerOptions();

    @Override
    public void run() {
      var wanted = new Requested(name, role, Set.copyOf(queues), expiresAt);
      try (var local = LocalAccounts.open(options)) {
        var made = local.accounts().apiKeys().makeFor(email, wanted);
        var out = spec.commandLine().getOut();
        out.println(made.key());
        out.flush();
      }
    }
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists a user's keys.")
  void list(
      @Parameters(paramLabel = "EMAIL", description = "Whose keys.") String email,
      @Mixin ServerOptions options) {
    try (var local = LocalAccounts.open(options)) {
      local.accounts().apiKeys().listFor(email).forEach(key -> say(line(key)));
    }
  }

  private static String line(View key) {
    return "%d %s %s%s%s"
        .formatted(
            key.id(),
            key.role(),
            key.name(),
            key.queues().isEmpty() ? "" : ", queues " + String.join(", ", key.queues()),
            key.expiresAt() == null ? "" : ", until " + key.expiresAt());
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Revokes a key of a user.")
  void revoke(
      @Parameters(paramLabel = "EMAIL", description = "Whose key.") String email,
      @Parameters(paramLabel = "ID", description = "Its number in the list.") long id,
      @Mixin ServerOptions options) {
    try (var local = LocalAccounts.open(options)) {
      local.accounts().apiKeys().revokeFor(email, id);
      say("Revoked key %d of %s".formatted(id, email));
    }
  }

  private void say(String line) {
    var out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
