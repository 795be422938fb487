package dev.headway.app.config;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
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

  private Configuration(Map<String, Given> given) {
    this.given = given;
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
    Settings.ALL.forEach(setting -> check(setting, given, complaints));
    var configuration = new Configuration(given);
    configuration.checkTogether(complaints);
    if (!complaints.isEmpty()) {
      throw new ConfigurationException(complaints);
    }
    return configuration;
  }

  /* A text that was refused is put aside, so that all others can be checked together. */
  private static void check(Setting<?> setting, Map<String, Given> given, List<String> complaints) {
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

  private void checkTogether(List<String> complaints) {
    try {
      ServerSettings.auth(this);
    } catch (HeadwayException refused) {
      refused.defects().stream().map(Defect::message).forEach(complaints::add);
    }
  }

  /** The value of a setting. */
  public <T> T get(Setting<T> setting) {
    return setting.read(text(setting));
  }

  private String text(Setting<?> setting) {
    var value = given.get(setting.name());
    return value == null ? setting.preset() : value.text();
  }

  /** All values as people read them, a line a section, without secrets. */
  public List<String> lines() {
    return Settings.ALL.stream()
        .collect(Collectors.groupingBy(Setting::section, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(section -> line(section.getKey(), section.getValue()))
        .toList();
  }

  private String line(String section, List<Setting<?>> settings) {
    return settings.stream()
        .map(setting -> shown(setting, setting.name().substring(section.length())))
        .collect(Collectors.joining(" ", section.isEmpty() ? "" : section + ": ", ""));
  }

  private String shown(Setting<?> setting, String dotted) {
    var name = dotted.startsWith(".") ? dotted.substring(1) : dotted;
    var value = setting.show(text(setting));
    var origin = given.get(setting.name());
    return name
        + "="
        + (value.isEmpty() ? "-" : value)
        + (origin == null ? "" : " (" + origin.origin() + ")");
  }
}
