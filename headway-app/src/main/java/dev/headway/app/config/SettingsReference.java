package dev.headway.app.config;

import dev.headway.core.setting.NamedSetting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The reference of all settings as Markdown: docs/configuration.md. */
public final class SettingsReference {
  private static final String HEAD =
      """
      # Configuration

      <!-- Made by `./headway settings > docs/configuration.md`; a test compares the two. -->

      Everything has a default: a server needs no configuration at all. Every setting has one dotted
      name in the YAML file (`./headway serve --config headway.yaml`, or `HEADWAY_CONFIG`) and the
      same name as an environment variable; those without a dot are flags, too. Flags come before the
      environment, the environment before the file.

      ```yaml headway.yaml
      port: 8000
      data: data
      http:
        allowed-origins: [https://plant.example]
      jobs:
        keep-days: 90
      ```

      ```sh server
      ./headway serve --config headway.yaml
      ```

      A name that is unknown, a value that cannot be: the server says so, all of it at once and each
      with the nearest known name, and does not start. At each start the log shows every setting and
      where it was set, without secrets.
      """;

  private SettingsReference() {}

  /** The whole page. */
  public static String markdown() {
    var sections =
        Settings.TREE.settings().stream()
            .collect(
                Collectors.groupingBy(
                    NamedSetting::section, LinkedHashMap::new, Collectors.toList()));
    var page = new StringBuilder(HEAD);
    sections.forEach((section, settings) -> append(page, section, settings));
    return page.append(others()).toString();
  }

  private static void append(StringBuilder page, String section, List<NamedSetting> settings) {
    page.append("\n## ").append(section.isEmpty() ? "The server" : "`" + section + "`");
    page.append("\n\n| setting | default | values | what it is |\n| --- | --- | --- | --- |\n");
    settings.forEach(setting -> page.append(row(setting)));
  }

  private static String row(NamedSetting setting) {
    var preset = setting.preset().isEmpty() ? "" : "`" + setting.preset() + "`";
    return "| `%s`<br>`%s` | %s | %s | %s |\n"
        .formatted(setting.name(), setting.variable(), preset, setting.values(), setting.text());
  }

  private static String others() {
    return new TreeMap<>(Environment.OTHERS)
        .entrySet().stream()
            .map(other -> "| `%s` | %s |\n".formatted(other.getKey(), other.getValue()))
            .collect(
                Collectors.joining(
                    "",
                    "\n## Other environment variables\n\n| variable | what it is |\n| --- | --- |\n",
                    ""));
  }
}
