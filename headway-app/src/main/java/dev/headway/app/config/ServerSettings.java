package dev.headway.app.config;

import dev.headway.core.topic.Hub;
import dev.headway.server.ServerConfig;
import dev.headway.server.ServerConfig.JobSettings;
import dev.headway.server.ServerConfig.Listen;
import dev.headway.server.account.AuthConfig;
import dev.headway.server.account.AuthConfig.LoginLimits;
import dev.headway.server.account.Provider;
import dev.headway.server.socket.Places;
import dev.headway.server.transport.SocketSettings;
import dev.headway.spc.app.SpcSettings;
import dev.headway.spc.mqtt.MqttSettings;
import dev.headway.store.DatabaseConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the settings mean to the parts of a server. */
public final class ServerSettings {
  private ServerSettings() {}

  /**
   * How the server is set up.
   *
   * @param keptNode the name that is kept in the data directory, unless another is set
   */
  public static ServerConfig server(Configuration configuration, String keptNode) {
    var node = configuration.get(Settings.NODE);
    return new ServerConfig(
        listen(configuration),
        node.isEmpty() ? keptNode : node,
        configuration.get(Settings.DATA),
        auth(configuration),
        sockets(configuration),
        places(configuration),
        jobs(configuration),
        hub(configuration));
  }

  private static Listen listen(Configuration configuration) {
    return new Listen(
        configuration.get(Settings.HOST),
        configuration.get(Settings.PORT),
        configuration.get(Settings.THREADS),
        configuration.get(Settings.ORIGINS),
        Duration.ofSeconds(configuration.get(Settings.DRAIN)));
  }

  private static SocketSettings sockets(Configuration configuration) {
    return new SocketSettings(
        Duration.ofSeconds(configuration.get(Settings.PING)),
        Duration.ofSeconds(configuration.get(Settings.PONG)),
        Duration.ofSeconds(configuration.get(Settings.IDLE)),
        configuration.get(Settings.FRAME),
        configuration.get(Settings.MESSAGES),
        configuration.get(Settings.BODY),
        configuration.get(Settings.COMPRESS));
  }

  private static Places.Limits places(Configuration configuration) {
    return new Places.Limits(
        configuration.get(Settings.CONNECTIONS),
        configuration.get(Settings.PER_USER),
        configuration.get(Settings.PER_RESOURCE));
  }

  private static JobSettings jobs(Configuration configuration) {
    return new JobSettings(
        configuration.get(Settings.CONCURRENCY).orElse(JobSettings.DEFAULT.concurrency()),
        Duration.ofSeconds(configuration.get(Settings.LEASE)),
        Duration.ofSeconds(configuration.get(Settings.CANCEL_PATIENCE)),
        Duration.ofDays(configuration.get(Settings.KEEP)));
  }

  private static Hub.Limits hub(Configuration configuration) {
    return new Hub.Limits(
        configuration.get(Settings.TOPIC_EVENTS),
        Duration.ofSeconds(configuration.get(Settings.TOPIC_RETENTION)));
  }

  /**
   * Accounts and tokens.
   *
   * @throws dev.headway.core.error.HeadwayException VALIDATION_ERROR with every setting that is
   *     wrong
   */
  public static AuthConfig auth(Configuration configuration) {
    return new AuthConfig(
        configuration.get(Settings.KEY_FILE).orElse(null),
        configuration.get(Settings.TOKEN),
        configuration.get(Settings.REGISTRATION),
        configuration.get(Settings.ANONYMOUS),
        configuration.get(Settings.RELOAD),
        configuration.get(Settings.HASHES),
        new LoginLimits(
            configuration.get(Settings.ACCOUNT_FAILURES),
            configuration.get(Settings.ADDRESS_FAILURES),
            configuration.get(Settings.LOGIN_WINDOW)),
        provider(configuration));
  }

  private static @Nullable Provider provider(Configuration configuration) {
    var issuer = configuration.get(Settings.ISSUER);
    var audience = configuration.get(Settings.AUDIENCE);
    var jwks = configuration.get(Settings.JWKS);
    if (issuer.isEmpty() && audience.isEmpty() && jwks.isEmpty()) {
      return null;
    }
    return new Provider(
        issuer,
        audience,
        jwks.orElse(URI.create("")),
        configuration.get(Settings.ALGORITHMS),
        configuration.get(Settings.ROLE_CLAIM));
  }

  /**
   * Process control.
   *
   * @param node the server's name
   */
  public static SpcSettings spc(Configuration configuration, String node) {
    return new SpcSettings(
        Duration.ofSeconds(configuration.get(Settings.SPC_INTERVAL)),
        Duration.ofSeconds(configuration.get(Settings.SPC_TIMEOUT)),
        configuration.get(Settings.SPC_KEEP).map(Duration::ofDays).orElse(null),
        configuration
            .get(Settings.MQTT_BROKER)
            .map(broker -> mqtt(configuration, broker, node))
            .orElse(null));
  }

  private static MqttSettings mqtt(Configuration configuration, URI broker, String node) {
    var client = configuration.get(Settings.MQTT_CLIENT);
    return new MqttSettings(
        broker,
        configuration.get(Settings.MQTT_TOPIC),
        client.isEmpty() ? "headway-" + node : client,
        new MqttSettings.Login(
            configuration.get(Settings.MQTT_USER), configuration.get(Settings.MQTT_PASSWORD)),
        MqttSettings.PAUSE);
  }

  /** The database: the one that is named, or a file in the data directory. */
  public static DatabaseConfig database(Configuration configuration) {
    Path preset = configuration.get(Settings.DATA).resolve("headway.db");
    return configuration.get(Settings.DATABASE).orElseGet(() -> new DatabaseConfig.Sqlite(preset));
  }
}
