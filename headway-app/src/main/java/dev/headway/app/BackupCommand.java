package dev.headway.app;

import dev.headway.app.backup.Backup;
import dev.headway.store.DatabaseConfig;
import dev.headway.store.StartupException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headway backup}: copies an installation while its server may run. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description =
        "Copies the database, keys, secrets and files of a server, which may go on running, into a"
            + " new folder. headway restore brings them back.")
final class BackupCommand implements Runnable {
  @Parameters(paramLabel = "FOLDER", description = "Where to: a folder that is new or empty.")
  private Path folder = Path.of("");

  @Mixin private final ServerOptions options = new ServerOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    var settings = options.configuration(Map.of()).settings();
    var out = spec.commandLine().getOut();
    switch (settings.databaseOrFile()) {
      case DatabaseConfig.Sqlite(var file, _) -> {
        var files = new Backup(folder, spec.commandLine().getErr()).write(settings.data(), file);
        out.printf("Backed up to %s: %s%n", folder, String.join(", ", files));
        var key = settings.server().auth().keyFile(settings.data());
        if (!key.startsWith(settings.data())) {
          out.printf("The signing key is elsewhere; keep a copy of %s, too%n", key);
        }
        out.flush();
      }
      case DatabaseConfig.Postgres postgres ->
          throw new StartupException(
              "%s is backed up by PostgreSQL's own tools (pg_dump); copy the files of %s beside it"
                  .formatted(postgres.description(), settings.data()));
    }
  }
}
