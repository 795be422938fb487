package dev.headway.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.app.config.Configuration.Origins;
import dev.headway.core.setting.NamedSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void load_everywhereSet_flagsThenEnvironmentThenFile() throws IOException {
    var file = write("port: 1\nserver:\n  threads: 3\njobs.keep-days: 7\n");
    var environment = Map.of("HEADWAY_PORT", "2", "HEADWAY_SERVER_THREADS", "4", "PATH", "/bin");

    var loaded = Configuration.load(new Origins(Map.of("port", "3"), environment, file));

    var server = loaded.settings().server();
    assertThat(server.listen().port()).isEqualTo(3);
    assertThat(server.listen().threads()).isEqualTo(4);
    assertThat(server.jobs().keep()).isEqualTo(Duration.ofDays(7));
    assertThat(server.sockets().ping()).isEqualTo(Duration.ofSeconds(25));
  }

  @Test
  void load_variables_eachSettingHasItsOwn() {
    var variables = Settings.TREE.settings().stream().map(NamedSetting::variable).toList();
    assertThat(variables).doesNotHaveDuplicates().contains("HEADWAY_WS_PING_SECONDS");
    for (var setting : Settings.TREE.settings()) {
      var environment = Map.of(setting.variable(), setting.preset());
      var line = String.join("\n", load(environment).lines());
      assertThat(line).contains("(" + setting.variable() + ")");
    }
  }

  @Test
  void load_manyErrors_allAtOnceWithTheNearestName() throws IOException {
    var file =
        write(
            """
            prot: 1
            auth:
              registration: maybe
              provider: {issuer: https://id.example}
              anonymus: false
            keep-days: 3
            server: 2
            topics:
              events: [1, {a: 2}]
            """);
    var environment = Map.of("HEADWAY_HOTS", "x", "HEADWAY_JOBS_KEEP_DAYS", "0");

    assertThat(complaints(new Origins(Map.of("port", "65536"), environment, file)))
        .containsExactlyInAnyOrder(
            "Unknown setting prot in %s; did you mean port?".formatted(file),
            "Unknown setting auth.anonymus in %s; did you mean auth.anonymous?".formatted(file),
            "Unknown setting keep-days in %s; did you mean jobs.keep-days?".formatted(file),
            "server in %s is a section with settings such as server.node".formatted(file),
            "topics.events in %s must be a value, not a section".formatted(file),
            "Unknown environment variable HEADWAY_HOTS; did you mean HEADWAY_HOST?",
            "auth.registration in %s: \"maybe\" is not one of auto, open, closed".formatted(file),
            "jobs.keep-days in HEADWAY_JOBS_KEEP_DAYS: \"0\" is not a whole number from 1 to 36500",
            "--port: \"65536\" is not a whole number from 0 to 65535",
            "auth.provider.audience must be set, because auth.provider.issuer is",
            "auth.provider.jwks-url must be set, because auth.provider.issuer is");
  }

  @Test
  void load_wrongValues_eachKindSaysWhatItTakes() {
    var environment =
        Map.of(
            "HEADWAY_AUTH_ANONYMOUS", "yes",
            "HEADWAY_HTTP_ALLOWED_ORIGINS", "https://a.example, plant.example",
            "HEADWAY_AUTH_PROVIDER_ALGORITHMS", "RS256, none",
            "HEADWAY_SERVER_NODE", "two words",
            "HEADWAY_LOG_LEVEL", "loud",
            "HEADWAY_DATABASE", "mysql://root:secret@db/x");

    assertThat(complaints(new Origins(Map.of(), environment, null)))
        .anySatisfy(line -> assertThat(line).contains("\"yes\" is not true or false"))
        .anySatisfy(line -> assertThat(line).contains("\"plant.example\" is not origins such as"))
        .anySatisfy(
            line -> assertThat(line).contains("\"none\" is not some of ES256, EdDSA, RS256"))
        .anySatisfy(line -> assertThat(line).contains("\"two words\" is not a name of letters"))
        .anySatisfy(line -> assertThat(line).contains("\"loud\" is not one of trace, debug, info"))
        .anySatisfy(line -> assertThat(line).contains("The database must be the path"))
        .noneSatisfy(line -> assertThat(line).contains("secret"))
        .hasSize(6);
  }

  @Test
  void load_valuesThatDoNotGoTogether_areRefusedByThePartThatReadsThem() {
    var environment =
        Map.of(
            "HEADWAY_AUTH_PROVIDER_ISSUER", "https://id.example",
            "HEADWAY_AUTH_PROVIDER_AUDIENCE", "headway",
            "HEADWAY_AUTH_PROVIDER_JWKS_URL", "http://id.example/keys");
    assertThat(complaints(new Origins(Map.of(), environment, null)))
        .containsExactly(
            "The setting auth.provider.jwks-url (http://id.example/keys) must be an https address");
  }

  @Test
  void load_fileIsNotYaml_saysWhere() throws IOException {
    var twice = write("port: 1\nport: 2\n");
    assertThat(complaints(new Origins(Map.of(), Map.of(), twice)))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("is not YAML", "port"));

    var broken = write("port: [1\nhost: }");
    assertThat(complaints(new Origins(Map.of(), Map.of(), broken)))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("is not YAML, line"));

    var list = write("- port");
    assertThat(complaints(new Origins(Map.of(), Map.of(), list)))
        .containsExactly(
            "The configuration file %s must hold settings, name: value".formatted(list));
  }

  @Test
  void load_fileIsMissing_saysSo() {
    var missing = folder.resolve("none.yaml");
    assertThatThrownBy(() -> Configuration.load(new Origins(Map.of(), Map.of(), missing)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("The configuration file %s does not exist".formatted(missing));
  }

  @Test
  void load_fileIsEmpty_everythingIsPreset() throws IOException {
    var loaded = Configuration.load(new Origins(Map.of(), Map.of(), write("# nothing yet\n")));
    assertThat(loaded.lines()).noneSatisfy(line -> assertThat(line).contains("("));
  }

  @Test
  void lines_secrets_areMasked() {
    var environment =
        Map.of(
            "HEADWAY_DATABASE",
            "postgresql://ada:pa55word@db.example/plant?password=pa55word",
            "HEADWAY_WEBHOOKS_SECRET",
            "pa55word pa55word");
    assertThat(String.join("\n", load(environment).lines()))
        .contains("database=PostgreSQL db.example/plant (HEADWAY_DATABASE)")
        .contains("secret=*** (HEADWAY_WEBHOOKS_SECRET)")
        .doesNotContain("pa55word");
  }

  @Test
  void lines_namesEverySettingOnce() {
    var lines = load(new HashMap<>()).lines();
    assertThat(lines).hasSize(16).first().asString().startsWith("host=localhost port=8000 data=");
    assertThat(lines)
        .contains(
            "topics: events=1024 retention-seconds=120", "webhooks: allow-private=false secret=-");
  }

  private static Configuration load(Map<String, String> environment) {
    return Configuration.load(new Origins(Map.of(), environment, null));
  }

  private static List<String> complaints(Origins origins) {
    var refused =
        catchThrowableOfType(ConfigurationException.class, () -> Configuration.load(origins));
    return refused.complaints();
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("headway.yaml"), yaml);
  }
}
