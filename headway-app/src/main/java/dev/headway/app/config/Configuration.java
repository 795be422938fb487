package dev.headway.app.config;

import dev.headway.core.setting.NamedSetting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every setting's value, and where it was set. Flags come before the environment, the environment
 * before the file, the file before what is preset. Immutable.
 */
public final class Configuration {
  /**
   * Where values come from.
   *
   * @param flags the command line's, by the name of the setting
   * @param environment the process's
   * @param file the YAML file; null for none
   */
  public record Origins(
      Map<String, String> flags, Map<String, String> environment, @Nullable Path file) {
    /** Takes copies. */
    public Origins {
      flags = Map.copyOf(flags);
      environment = Map.copyOf(environment);
    }
  }

  /**
   * A text that was given for a setting.
   *
   * @param origin where, in a few words
   */
  record Given(String text, String origin) {}

  private final Map<String, Given> given;
  private final Settings settings;

  private Configuration(Map<String, Given> given, Settings settings) {
    this.given = given;
    this.settings = settings;
  }

  /**
   * Reads everything.
   *
   * @throws ConfigurationException with all that is wrong
   */
  public static Configuration load(Origins origins) {
    var complaints = new ArrayList<String>();
    var given = new LinkedHashMap<String, Given>();
    if (origins.file() != null) {
      given.putAll(YamlFile.read(origins.file(), complaints));
    }
    given.putAll(Environment.read(origins.environment(), complaints));
    origins.flags().forEach((name, text) -> given.put(name, new Given(text, "--" + name)));
    Settings.TREE.settings().forEach(setting -> check(setting, given, complaints));
    var settings = Settings.TREE.build(texts(given), complaints);
    if (settings.isEmpty() || !complaints.isEmpty()) {
      throw new ConfigurationException(complaints);
    }
    return new Configuration(given, settings.get());
  }

  /* A text that was refused is put aside, so that all others can be checked together. */
  private static void check(
      NamedSetting setting, Map<String, Given> given, List<String> complaints) {
    var value = given.get(setting.name());
    if (value == null) {
      return;
    }
    try {
      setting.read(value.text());
    } catch (IllegalArgumentException refused) {
      var name = value.origin().startsWith("--") ? "" : setting.name() + " in ";
      complaints.add(name + value.origin() + ": " + refused.getMessage());
      given.remove(setting.name());
    }
  }

  private static Map<String, String> texts(Map<String, Given> given) {
    return given.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().text()));
  }

  /** The values. */
  public Settings settings() {
    return settings;
  }

  private String text(NamedSetting setting) {
    var value = given.get(setting.name());
    return value == null ? setting.preset() : value.text();
  }

  /** All values as people read them, a line a section, without secrets. */
  public List<String> lines() {
    return Settings.TREE.settings().stream()
        .collect(
            Collectors.groupingBy(NamedSetting::section, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(section -> line(section.getKey(), section.getValue()))
        .toList();
  }

  private String line(String section, List<NamedSetting> settings) {
    return settings.stream()
        .map(setting -> shown(setting, setting.name().substring(section.length())))
        .collect(Collectors.joining(" ", section.isEmpty() ? "" : section + ": ", ""));
  }

  private String shown(NamedSetting setting, String dotted) {
    var name = dotted.startsWith(".") ? dotted.substring(1) : dotted;
    var value = setting.show(text(setting));
    var origin = given.get(setting.name());
    return name
        + "="
        + (value.isEmpty() ? "-" : value)
        + (origin == null ? "" : " (" + origin.origin() + ")");
  }
}
