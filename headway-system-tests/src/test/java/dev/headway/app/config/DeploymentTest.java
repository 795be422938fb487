package dev.headway.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.app.config.Configuration.Origins;
import dev.headway.core.setting.NamedSetting;
import dev.headway.server.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The files under deploy/, against the settings that a server knows and the version that it has.
 */
final class DeploymentTest {
  private static final Path DEPLOY = Path.of("../deploy");
  private static final Path CHART = DEPLOY.resolve("helm/headway");
  private static final Pattern VARIABLE = Pattern.compile("\\b(HEADWAY_[A-Z0-9_]+)");
  private static final Pattern ASSIGNED =
      Pattern.compile("\\b(HEADWAY_[A-Z0-9_]+)(?:: |=)([^\\s,}]+(?:\\$\\{[^}]*}[^\\s,}]*)?)");
  private static final Pattern ASKED_FOR = Pattern.compile("\\$\\{[A-Z_]+:\\?[^}]*}");

  private static JsonNode yaml(Path file) throws IOException {
    return YAMLMapper.builder().build().readTree(Files.readString(file));
  }

  /**
   * The settings that a file gives to a server's environment, with words where it asks for them.
   */
  private static Map<String, String> assigned(String file) throws IOException {
    var text =
        ASKED_FOR.matcher(Files.readString(DEPLOY.resolve(file))).replaceAll("sixteen-characters");
    var found = new LinkedHashMap<String, String>();
    ASSIGNED.matcher(text).results().forEach(match -> found.put(match.group(1), match.group(2)));
    return found;
  }

  @ParameterizedTest
  @ValueSource(strings = {"compose.yaml", "Dockerfile"})
  void environment_ofContainers_isReadByTheServer(String file) throws IOException {
    var environment = assigned(file);

    assertThat(environment).isNotEmpty();
    assertThat(Configuration.load(new Origins(Map.of(), environment, null)).lines()).isNotEmpty();
  }

  @Test
  void variables_ofAllFiles_areKnown() throws IOException {
    var known =
        Settings.TREE.settings().stream()
            .map(NamedSetting::variable)
            .collect(Collectors.toCollection(HashSet::new));
    known.addAll(Environment.OTHERS.keySet());
    try (var files = Files.walk(DEPLOY)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var named = VARIABLE.matcher(Files.readString(file)).results().map(match -> match.group(1));
        assertThat(named.toList()).as(file.toString()).isSubsetOf(known);
      }
    }
  }

  @Test
  void settings_ofTheChart_areReadByTheServer(@TempDir Path folder) throws IOException {
    var settings = yaml(CHART.resolve("values.yaml")).path("settings");
    var file = folder.resolve("headway.yaml");
    Files.writeString(file, YAMLMapper.builder().build().writeValueAsString(settings));

    var configuration = Configuration.load(new Origins(Map.of(), Map.of(), file));

    assertThat(settings.isEmpty()).isFalse();
    assertThat(configuration.settings().log().format().name()).isEqualTo("JSON");
  }

  @Test
  void version_isThatOfTheProgram() throws IOException {
    var version = Version.CURRENT.replace("-SNAPSHOT", "");
    var chart = yaml(CHART.resolve("Chart.yaml"));

    assertThat(List.of(chart.path("version").asString(), chart.path("appVersion").asString()))
        .containsOnly(version);
    assertThat(Files.readString(DEPLOY.resolve("Dockerfile"))).contains("ARG VERSION=" + version);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prometheus/prometheus.yaml",
        "grafana/provisioning/datasources/prometheus.yaml",
        "grafana/provisioning/dashboards/headway.yaml"
      })
  void mountedFiles_areNamedByCompose(String file) throws IOException {
    assertThat(yaml(DEPLOY.resolve(file)).isObject()).isTrue();
    assertThat(Files.readString(DEPLOY.resolve("compose.yaml")))
        .contains("./" + file.replaceFirst("/(datasources|dashboards)?/?[a-z]+\\.yaml$", ""));
  }
}
