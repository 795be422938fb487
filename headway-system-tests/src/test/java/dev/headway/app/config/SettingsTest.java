package dev.headway.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.app.config.Configuration.Origins;
import dev.headway.app.log.LogFormat;
import dev.headway.app.log.LogLevel;
import dev.headway.app.log.LogSettings;
import dev.headway.core.topic.Hub;
import dev.headway.fpl.app.FplSettings;
import dev.headway.fpl.app.SourceSetting;
import dev.headway.server.ServerConfig;
import dev.headway.server.ServerConfig.JobSettings;
import dev.headway.server.ServerConfig.Listen;
import dev.headway.server.account.AuthConfig;
import dev.headway.server.account.AuthConfig.LoginLimits;
import dev.headway.server.account.AuthConfig.Registration;
import dev.headway.server.account.AuthConfig.RegistrationLimits;
import dev.headway.server.account.token.Provider;
import dev.headway.server.address.AddressBlock;
import dev.headway.server.address.TrustedProxies;
import dev.headway.server.files.FileSettings;
import dev.headway.server.mail.MailSettings;
import dev.headway.server.socket.ConnectionLimits;
import dev.headway.server.socket.SocketSettings;
import dev.headway.server.webhook.WebhookSettings;
import dev.headway.spc.alarm.AlarmSettings;
import dev.headway.spc.app.SpcSettings;
import dev.headway.spc.input.SampleTimes;
import dev.headway.spc.mqtt.MqttSettings;
import dev.headway.store.DatabaseConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
  private static final String EVERYTHING =
      """
      port: 8443
      host: 127.0.0.1
      data: /var/lib/headway
      database: postgresql://ada:secret@db.example:5433/plant
      bus: redis://:secret@bus.example:6380/2
      applications: [jobs, spc]
      server: {threads: 3, drain-seconds: 20, node: west}
      http:
        allowed-origins: ["https://plant.example", "http://other.example:8080"]
        frame-ancestors: ["https://shop.example"]
        trusted-proxies: [10.0.0.0/8, "::1"]
      ws:
        ping-seconds: 0
        pong-seconds: 11
        idle-seconds: 301
        max-frame-bytes: 20480
        messages-per-second: 50
        compress-from-bytes: 700
      limits:
        connections: 2000
        connections-per-user: 200
        connections-per-resource: 20
        body-bytes: 2048
      auth:
        key-file: /etc/headway/key
        token-seconds: 600
        registration: closed
        anonymous: false
        reload-seconds: 5
        parallel-hashes: 4
        login: {account-failures: 6, address-failures: 21, window-seconds: 301}
        registrations: {address-per-hour: 61, per-hour: 601}
        provider:
          issuer: https://id.example
          audience: headway
          jwks-url: https://id.example/keys
          algorithms: RS256
          role-claim: groups
      jobs: {concurrency: 5, lease-seconds: 31, cancel-patience-seconds: 32, keep-days: 33}
      solver: {processes: 2}
      webhooks: {allow-private: true, secret: a secret of some length}
      mail: {host: mail.example, port: 25, tls: false, from: headway@plant.example, user: eve, password: secret, domains: plant.example}
      spc:
        heartbeat-interval: 31
        heartbeat-timeout: 91
        keep-days: 34
        clock-tolerance: 301
        late: 35
        mqtt: {broker: "mqtts://broker.example", topic: plant/+/size, client: press, user: eve, password: secret, pause-seconds: 2}
        alarms: {allow-private: true, url: "https://plant.example"}
        signatures: true
      fpl: {source: uploaded, plan-seconds: 19}
      topics: {events: 64, retention-seconds: 600}
      log: {level: DEBUG, format: json}
      files: {max-megabytes: 12, per-job: 7}
      tracing: {otlp: "https://collector.example:4318"}
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void server_nothingSet_isWhatTheServerPresets() {
    var nothing = Configuration.load(new Origins(Map.of(), Map.of(), null)).settings();
    var home = Path.of(System.getProperty("user.home"), ".headway");

    assertThat(nothing.onNode("node-1").server()).isEqualTo(ServerConfig.loopback(8000, home));
    assertThat(nothing.spc()).isEqualTo(SpcSettings.DEFAULT);
    assertThat(nothing.databaseOrFile())
        .isEqualTo(new DatabaseConfig.Sqlite(home.resolve("headway.db")));
    assertThat(nothing.busOrDefault()).isEqualTo(new BusConfig.None());
  }

  @Test
  void busOrDefault_sharedDatabase_isItsOwnUnlessOneIsNamed() {
    var database = Map.of("HEADWAY_DATABASE", "postgresql://ada:pa55@db.example/plant");
    var alone = Configuration.load(new Origins(Map.of(), database, null)).settings();
    assertThat(alone.busOrDefault().description()).isEqualTo("PostgreSQL db.example/plant");

    var redis =
        Configuration.load(new Origins(Map.of("bus", "redis://:pa55@bus/2"), database, null));
    assertThat(redis.settings().busOrDefault().description()).isEqualTo("Redis bus:6379/2");
    assertThat(redis.lines()).anyMatch(line -> line.contains("Redis bus:6379/2"));
    assertThat(String.join("\n", redis.lines())).doesNotContain("pa55");
  }

  @Test
  void onNode_brokerWithoutAClient_isNamedAfterTheServer() {
    var environment = Map.of("HEADWAY_SPC_MQTT_BROKER", "mqtt://broker.example");
    var settings = Configuration.load(new Origins(Map.of(), environment, null)).settings();
    assertThat(settings.onNode("west").spc().mqtt())
        .isEqualTo(
            new MqttSettings(
                URI.create("mqtt://broker.example"),
                MqttSettings.TOPIC,
                "headway-west",
                new MqttSettings.Login("", ""),
                Duration.ofSeconds(1)));
  }

  @Test
  void server_everythingSet_arrivesWhereItBelongs() throws IOException {
    var everything = everything().settings().onNode("node-1");
    assertThat(everything.server())
        .isEqualTo(
            new ServerConfig(
                new Listen(
                    List.of(InetAddress.ofLiteral("127.0.0.1")),
                    8443,
                    3,
                    Set.of("https://plant.example", "http://other.example:8080"),
                    Set.of("https://shop.example"),
                    new TrustedProxies(
                        Set.of(AddressBlock.of("10.0.0.0/8"), AddressBlock.of("::1"))),
                    Duration.ofSeconds(20)),
                "west",
                Path.of("/var/lib/headway"),
                auth(),
                new SocketSettings(
                    Duration.ZERO,
                    Duration.ofSeconds(11),
                    Duration.ofSeconds(301),
                    20_480,
                    50,
                    2_048,
                    700),
                new ConnectionLimits.Settings(2_000, 200, 20),
                new JobSettings(
                    5, Duration.ofSeconds(31), Duration.ofSeconds(32), Duration.ofDays(33)),
                new Hub.Limits(64, Duration.ofMinutes(10))));
    assertThat(everything.databaseOrFile())
        .isEqualTo(
            new DatabaseConfig.Postgres(
                "jdbc:postgresql://db.example:5433/plant", "ada", "secret"));
    assertThat(everything.applications()).containsExactlyInAnyOrder("jobs", "spc");
    assertThat(everything.spc())
        .isEqualTo(
            new SpcSettings(
                Duration.ofSeconds(31),
                Duration.ofSeconds(91),
                Duration.ofDays(34),
                new MqttSettings(
                    URI.create("mqtts://broker.example"),
                    "plant/+/size",
                    "press",
                    new MqttSettings.Login("eve", "secret"),
                    Duration.ofSeconds(2)),
                new SampleTimes(Duration.ofSeconds(301), Duration.ofDays(35)),
                new AlarmSettings(true, "https://plant.example"),
                true));
    assertThat(everything.mail()).isEqualTo(mail());
    assertThat(everything.solverProcesses()).isEqualTo(2);
    assertThat(everything.fpl())
        .isEqualTo(new FplSettings(new SourceSetting.Uploaded(), Duration.ofSeconds(19)));
    assertThat(everything.webhooks())
        .isEqualTo(new WebhookSettings(true, "a secret of some length"));
    assertThat(everything.log()).isEqualTo(new LogSettings(LogLevel.DEBUG, LogFormat.JSON));
    assertThat(everything.files()).isEqualTo(new FileSettings(12, 7));
    assertThat(everything.traces()).isEqualTo(URI.create("https://collector.example:4318"));
  }

  private static MailSettings mail() {
    return new MailSettings(
        "mail.example", 25, false, "headway@plant.example", "eve", "secret", "plant.example");
  }

  private static AuthConfig auth() {
    return new AuthConfig(
        Path.of("/etc/headway/key"),
        600,
        Registration.CLOSED,
        false,
        5,
        4,
        new LoginLimits(6, 21, 301),
        new RegistrationLimits(61, 601),
        new Provider(
            "https://id.example",
            "headway",
            URI.create("https://id.example/keys"),
            Set.of("RS256"),
            "groups"));
  }

  @Test
  void everything_namesEverySetting() throws IOException {
    var shown = String.join("\n", everything().lines());
    var set = shown.split("headway.yaml\\)", -1).length - 1;
    assertThat(set).isEqualTo(Settings.TREE.settings().size());
  }

  private Configuration everything() throws IOException {
    var file = Files.writeString(folder.resolve("headway.yaml"), EVERYTHING);
    return Configuration.load(new Origins(Map.of(), Map.of(), file));
  }
}
