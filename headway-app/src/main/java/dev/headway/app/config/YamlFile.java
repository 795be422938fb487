package dev.headway.app.config;

import dev.headway.app.config.Configuration.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The settings in a YAML file. A list's values may stand in one text, separated by commas. */
final class YamlFile {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();

  private final Path file;
  private final List<String> complaints;
  private final Map<String, Given> found = new LinkedHashMap<>();

  private YamlFile(Path file, List<String> complaints) {
    this.file = file;
    this.complaints = complaints;
  }

  /** Reads a file; what is wrong with it is added to {@code complaints}. */
  static Map<String, Given> read(Path file, List<String> complaints) {
    var yaml = new YamlFile(file, complaints);
    try {
      yaml.readRoot(MAPPER.readTree(Files.readString(file)));
    } catch (NoSuchFileException _) {
      complaints.add("The configuration file %s does not exist".formatted(file));
    } catch (IOException failed) {
      complaints.add("The configuration file %s cannot be read: %s".formatted(file, failed));
    } catch (JacksonException wrong) {
      var place = wrong.getLocation();
      var line = place == null ? "" : ", line " + place.getLineNr();
      complaints.add(
          "The configuration file %s is not YAML%s: %s"
              .formatted(file, line, firstLine(wrong.getOriginalMessage())));
    }
    return yaml.found;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("unknown");
  }

  private void readRoot(JsonNode root) {
    if (root.isObject()) {
      readSection("", root);
    } else if (!root.isNull() && !root.isMissingNode()) {
      complaints.add("The configuration file %s must hold settings, name: value".formatted(file));
    }
  }

  private void readSection(String prefix, JsonNode section) {
    section.properties().forEach(entry -> readValue(prefix + entry.getKey(), entry.getValue()));
  }

  private void readValue(String name, JsonNode value) {
    var known = Settings.TREE.settings().stream().anyMatch(setting -> setting.name().equals(name));
    if (known && value.isArray() && value.valueStream().allMatch(JsonNode::isValueNode)) {
      var texts = value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","));
      found.put(name, given(texts));
    } else if (known && value.isValueNode()) {
      found.put(name, given(value.isNull() ? "" : value.asString()));
    } else if (known) {
      complaints.add("%s in %s must be a value, not a section".formatted(name, file));
    } else if (value.isObject()) {
      readSection(name + ".", value);
    } else if (!isSection(name)) {
      complaints.add(
          "Unknown setting %s in %s; did you mean %s?"
              .formatted(name, file, Nearest.setting(name)));
    } else if (!value.isNull()) {
      complaints.add(
          "%s in %s is a section with settings such as %s"
              .formatted(name, file, Nearest.setting(name + ".")));
    }
  }

  private Given given(String text) {
    return new Given(text, file.toString());
  }

  private static boolean isSection(String name) {
    return Settings.TREE.settings().stream()
        .anyMatch(setting -> setting.name().startsWith(name + "."));
  }
}
