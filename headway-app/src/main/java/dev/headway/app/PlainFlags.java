package dev.headway.app;

import dev.headway.app.config.Configuration;
import dev.headway.app.config.Configuration.Origins;
import dev.headway.app.log.Logging;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Flags that have been read, and the configuration that they lead to.
 *
 * @param given texts by the names of their settings
 * @param config a file of settings; null for the one that the environment names, if any
 */
record PlainFlags(Map<String, String> given, @Nullable Path config) {
  private static final Set<String> NAMES =
      Set.of("port", "host", "data", "database", "bus", "applications");

  /** Takes a copy. */
  PlainFlags {
    given = new LinkedHashMap<>(given);
  }

  /**
   * The flags of {@code serve} when nothing but flags with values was given, which is how servers
   * are started; empty for all else, which picocli reads at a fifth of a start's cost
   * (docs/adr/0013-two-readers-of-the-command-line.md).
   */
  static Optional<PlainFlags> ofServe(String... arguments) {
    if (arguments.length % 2 == 0 || !arguments[0].equals("serve")) {
      return Optional.empty();
    }
    var given = new LinkedHashMap<String, String>();
    for (var at = 1; at < arguments.length; at += 2) {
      var name = arguments[at].startsWith("--") ? arguments[at].substring(2) : "";
      var known = NAMES.contains(name) || name.equals("config");
      if (!known || !plain(arguments[at + 1]) || given.put(name, arguments[at + 1]) != null) {
        return Optional.empty();
      }
    }
    var config = given.remove("config");
    return Optional.of(new PlainFlags(given, config == null ? null : Path.of(config)));
  }

  /* Picocli knows files of arguments, quotes and other flags. */
  private static boolean plain(String value) {
    return !value.isEmpty() && "-@\"'".indexOf(value.charAt(0)) < 0;
  }

  /**
   * All settings, with the log set up as they say.
   *
   * @throws dev.headway.app.config.ConfigurationException with all that is wrong
   */
  Configuration configuration() {
    var environment = System.getenv();
    var configuration = Configuration.load(new Origins(given, environment, file(environment)));
    Logging.use(configuration.settings().log());
    return configuration;
  }

  private @Nullable Path file(Map<String, String> environment) {
    if (config != null) {
      return config;
    }
    var named = environment.getOrDefault("HEADWAY_CONFIG", "");
    return named.isEmpty() ? null : Path.of(named);
  }
}
