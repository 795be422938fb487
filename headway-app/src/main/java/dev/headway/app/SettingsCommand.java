package dev.headway.app;

import dev.headway.app.config.SettingsReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code headway settings}: what can be set. */
@Command(
    name = "settings",
    mixinStandardHelpOptions = true,
    description = "Prints the reference of all settings, as Markdown.")
final class SettingsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    var out = spec.commandLine().getOut();
    out.print(SettingsReference.markdown());
    out.flush();
  }
}
