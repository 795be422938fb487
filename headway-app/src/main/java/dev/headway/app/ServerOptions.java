package dev.headway.app;

import dev.headway.app.config.Configuration;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags of all commands that work on a server's own data, and the configuration they lead to. */
final class ServerOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory (default: ~/.headway).")
  private @Nullable String data;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "postgresql://user:password@host/name or an SQLite file in place of the default.")
  private @Nullable String database;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A YAML file of settings; docs/configuration.md lists them.")
  private @Nullable Path config;

  /**
   * All settings, with the log set up as they say.
   *
   * @param flags of the command itself, by the name of the setting; null for those not given
   * @throws dev.headway.app.config.ConfigurationException with all that is wrong
   */
  Configuration configuration(Map<String, @Nullable String> flags) {
    var given = new LinkedHashMap<String, String>();
    put(given, "data", data);
    put(given, "database", database);
    flags.forEach((name, text) -> put(given, name, text));
    return new PlainFlags(given, config).configuration();
  }

  private static void put(Map<String, String> given, String name, @Nullable String text) {
    if (text != null) {
      given.put(name, text);
    }
  }
}
