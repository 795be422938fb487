package dev.headway.app;

import dev.headway.app.backup.Backup;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headway restore}: brings a backup back. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description =
        "Checks a backup and copies it into a data directory that is new or empty. Start the server"
            + " on it afterwards.")
final class RestoreCommand implements Runnable {
  @Parameters(paramLabel = "FOLDER", description = "The backup, as headway backup wrote it.")
  private Path folder = Path.of("");

  @Mixin private final ServerOptions options = new ServerOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    var data = options.configuration(Map.of()).settings().data();
    var files = new Backup(folder, spec.commandLine().getErr()).restore(data);
    var out = spec.commandLine().getOut();
    out.printf("Restored to %s: %s%n", data, String.join(", ", files));
    out.flush();
  }
}
