package dev.headway.app.config;

import dev.headway.app.config.Configuration.Given;
import dev.headway.core.setting.NamedSetting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The settings in the environment. */
final class Environment {
  private static final String PREFIX = "HEADWAY_";

  /** What is no setting of the server but has a meaning nevertheless. */
  static final Map<String, String> OTHERS =
      Map.of(
          "HEADWAY_CONFIG", "the YAML file, as `--config`",
          "HEADWAY_JAVA_HOME", "the JDK that `./headway` and `./build` use",
          "HEADWAY_JAVA_OPTIONS", "further options of the Java virtual machine for `./headway`",
          "HEADWAY_URL", "the server that the commands for clients talk to",
          "HEADWAY_TOKEN", "the token or API key that they show");

  private static final Map<String, NamedSetting> BY_VARIABLE =
      Settings.TREE.settings().stream()
          .collect(Collectors.toMap(NamedSetting::variable, Function.identity()));

  private Environment() {}

  /** Reads the environment; unknown variables are added to {@code complaints}. */
  static Map<String, Given> read(Map<String, String> environment, List<String> complaints) {
    var found = new LinkedHashMap<String, Given>();
    for (var variable : ours(environment.keySet())) {
      var setting = BY_VARIABLE.get(variable);
      if (setting != null) {
        found.put(setting.name(), new Given(environment.getOrDefault(variable, ""), variable));
      } else if (!OTHERS.containsKey(variable)) {
        var nearest = Nearest.of(variable, BY_VARIABLE.keySet());
        complaints.add(
            "Unknown environment variable %s; did you mean %s?".formatted(variable, nearest));
      }
    }
    return found;
  }

  private static List<String> ours(Set<String> variables) {
    return variables.stream().filter(name -> name.startsWith(PREFIX)).sorted().toList();
  }
}
