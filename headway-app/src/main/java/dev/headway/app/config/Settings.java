package dev.headway.app.config;

import static dev.headway.app.config.Kinds.choice;
import static dev.headway.app.config.Kinds.flag;
import static dev.headway.app.config.Kinds.number;
import static dev.headway.app.config.Kinds.optional;

import dev.headway.app.log.LogFormat;
import dev.headway.app.log.LogLevel;
import dev.headway.fpl.app.SourceSetting;
import dev.headway.server.account.AuthConfig.Registration;
import dev.headway.server.account.Provider;
import dev.headway.spc.mqtt.MqttSettings;
import dev.headway.store.DatabaseConfig;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All settings, in the order of the reference (docs/configuration.md is made from this list). The
 * first four are flags of the command line as well.
 */
public final class Settings {
  private static final int DAY = 86_400;

  static final Setting<Integer> PORT =
      new Setting<>(
          "port",
          number(0, 65_535),
          "8000",
          "The port for HTTP, WebSocket and the dashboard; 0 takes a free one and prints it.");
  static final Setting<List<InetAddress>> HOST =
      new Setting<>(
          "host",
          Kinds.addresses(),
          "localhost",
          "Where to listen. localhost is both loopback addresses. Any other address needs authentication to be set up first: a user (`headway user add`) or an identity provider.");

  /** Where the signing key, the node's name and the default database are. */
  public static final Setting<Path> DATA =
      new Setting<>(
          "data",
          Kinds.path(),
          "~/.headway",
          "The data directory, for one server at a time: the signing key, the node's name and, unless another is named, the database.");

  static final Setting<Optional<DatabaseConfig>> DATABASE =
      new Setting<>(
          "database",
          optional(Kinds.database()),
          "",
          "The database. When empty, SQLite in headway.db in the data directory.");

  static final Setting<Integer> THREADS =
      new Setting<>("server.threads", number(1, 64), "2", "How many event loops there are.");
  static final Setting<Integer> DRAIN =
      new Setting<>(
          "server.drain-seconds",
          number(0, 3_600),
          "10",
          "How long a server that is told to stop waits for running jobs.");
  static final Setting<String> NODE =
      new Setting<>(
          "server.node",
          Kinds.name(),
          "",
          "The server's name, under which it takes its jobs up again after a restart; unique among servers on one database. When empty, one is made up and kept in the data directory.");

  static final Setting<Set<String>> ORIGINS =
      new Setting<>(
          "http.allowed-origins",
          Kinds.origins(),
          "",
          "Web pages that may connect, besides the server's own.");

  static final Setting<Integer> PING =
      new Setting<>(
          "ws.ping-seconds", number(0, 3_600), "25", "How often clients are pinged; 0 for never.");
  static final Setting<Integer> PONG =
      new Setting<>(
          "ws.pong-seconds",
          number(1, 3_600),
          "10",
          "How long a client may take to answer a ping.");
  static final Setting<Integer> IDLE =
      new Setting<>("ws.idle-seconds", number(1, DAY), "300", "How long a client may be silent.");
  static final Setting<Integer> FRAME =
      new Setting<>(
          "ws.max-frame-bytes",
          number(1_024, 1 << 20),
          "10240",
          "The largest message that is taken from a client.");
  static final Setting<Integer> MESSAGES =
      new Setting<>(
          "ws.messages-per-second",
          number(1, 1_000_000),
          "100",
          "How many messages a client may send in a second.");

  static final Setting<Integer> COMPRESS =
      new Setting<>(
          "ws.compress-from-bytes",
          number(0, 1 << 20),
          "512",
          "The smallest message that is compressed for clients that offer it (permessage-deflate); 0 for never.");

  static final Setting<Integer> CONNECTIONS =
      new Setting<>("limits.connections", number(1, 1_000_000), "1000", "Connections in all.");
  static final Setting<Integer> PER_USER =
      new Setting<>(
          "limits.connections-per-user",
          number(1, 1_000_000),
          "100",
          "Connections of one user; without a token, of one address.");
  static final Setting<Integer> PER_RESOURCE =
      new Setting<>(
          "limits.connections-per-resource",
          number(1, 1_000_000),
          "10",
          "Connections to one schedule, comparison, analysis or job path.");
  static final Setting<Integer> BODY =
      new Setting<>(
          "limits.body-bytes",
          number(1_024, 1 << 30),
          "12582912",
          "The largest HTTP body that is kept in memory; routes may take less, and routes that take files take more to the disk.");

  static final Setting<Optional<Path>> KEY_FILE =
      new Setting<>(
          "auth.key-file",
          optional(Kinds.path()),
          "",
          "The key that signs tokens; servers on one database share it. When empty, signing.key in the data directory. Made at the first start.");
  static final Setting<Integer> TOKEN =
      new Setting<>("auth.token-seconds", number(60, 30 * DAY), "43200", "How long a token lasts.");
  static final Setting<Registration> REGISTRATION =
      new Setting<>(
          "auth.registration",
          choice(Registration.class),
          "auto",
          "Who may register: auto is open on loopback addresses and closed elsewhere.");
  static final Setting<Boolean> ANONYMOUS =
      new Setting<>(
          "auth.anonymous",
          flag(),
          "true",
          "Whether clients without a token are served. Never on other than loopback addresses.");
  static final Setting<Integer> RELOAD =
      new Setting<>(
          "auth.reload-seconds",
          number(1, 3_600),
          "30",
          "How often accounts are read again, for what other processes have changed.");
  static final Setting<Integer> HASHES =
      new Setting<>(
          "auth.parallel-hashes",
          number(1, 64),
          "2",
          "How many passwords are hashed at a time, with 19 MiB each.");
  static final Setting<Integer> ACCOUNT_FAILURES =
      new Setting<>(
          "auth.login.account-failures",
          number(1, 1_000_000),
          "5",
          "Failed sign-ins to one account in a window before more are refused.");
  static final Setting<Integer> ADDRESS_FAILURES =
      new Setting<>(
          "auth.login.address-failures",
          number(1, 1_000_000),
          "20",
          "Failed sign-ins from one address in a window before more are refused.");
  static final Setting<Integer> LOGIN_WINDOW =
      new Setting<>("auth.login.window-seconds", number(1, DAY), "300", "The window.");
  static final Setting<String> ISSUER =
      new Setting<>(
          "auth.provider.issuer",
          Kinds.text(),
          "",
          "An identity provider whose tokens hold as well: their `iss`.");
  static final Setting<String> AUDIENCE =
      new Setting<>("auth.provider.audience", Kinds.text(), "", "What their `aud` must contain.");
  static final Setting<Optional<URI>> JWKS =
      new Setting<>(
          "auth.provider.jwks-url",
          optional(Kinds.address()),
          "",
          "Where the provider's public keys are (https).");
  static final Setting<Set<String>> ALGORITHMS =
      new Setting<>(
          "auth.provider.algorithms",
          Kinds.some(Provider.ALGORITHMS),
          "ES256, EdDSA, RS256",
          "The signatures that are accepted.");
  static final Setting<String> ROLE_CLAIM =
      new Setting<>(
          "auth.provider.role-claim",
          Kinds.text(),
          "role",
          "The claim that holds the role: user, worker, engineer or admin.");

  static final Setting<Optional<Integer>> CONCURRENCY =
      new Setting<>(
          "jobs.concurrency",
          optional(number(1, 1_024)),
          "",
          "How many jobs the server runs at once. When empty, one a processor and at least two.");
  static final Setting<Integer> LEASE =
      new Setting<>(
          "jobs.lease-seconds",
          number(3, 3_600),
          "30",
          "How long the server's own leases last: when it dies, its jobs are taken up after this time by others, and at once by itself.");
  static final Setting<Integer> CANCEL_PATIENCE =
      new Setting<>(
          "jobs.cancel-patience-seconds",
          number(1, 3_600),
          "30",
          "How long work may take to answer a cancellation.");
  static final Setting<Integer> KEEP =
      new Setting<>("jobs.keep-days", number(1, 36_500), "30", "How long ended jobs are kept.");

  /** How many solver processes there may be. */
  public static final Setting<Integer> SOLVERS =
      new Setting<>(
          "solver.processes",
          number(1, 64),
          "1",
          "How many solver processes (strategy milp-opt, analyses) run at once, each with up to 1 GiB; they start when first needed.");

  /** Where the seasons of analyses come from. */
  public static final Setting<SourceSetting> FPL_SOURCE =
      new Setting<>(
          "fpl.source",
          Kinds.season(),
          "sample",
          "Where analyses get the Fantasy Premier League's documents: the season that ships with the product, the one that was uploaded last, or the public API.");

  /** How long the search of a plan may take. */
  public static final Setting<Integer> PLAN_SECONDS =
      new Setting<>(
          "fpl.plan-seconds",
          number(1, 3_600),
          "16",
          "How long an analysis may search for its plan before it takes the best one with its gap; what else it asks takes about half as long at most.");

  /** Whether callbacks may go to private addresses. */
  public static final Setting<Boolean> PRIVATE_CALLBACKS =
      new Setting<>(
          "webhooks.allow-private",
          flag(),
          "false",
          "Whether the ends of jobs may be announced to loopback and private addresses.");

  /** What announcements are signed with. */
  public static final Setting<String> CALLBACK_SECRET =
      new Setting<>(
          "webhooks.secret",
          Kinds.secret(16),
          "",
          "What announcements are signed with; servers on one database share it. When empty, one is made and kept in the data directory.");

  static final Setting<Integer> SPC_INTERVAL =
      new Setting<>(
          "spc.heartbeat-interval",
          number(1, 3_600),
          "30",
          "How many seconds a watcher of process control hears nothing at most.");
  static final Setting<Integer> SPC_TIMEOUT =
      new Setting<>(
          "spc.heartbeat-timeout",
          number(1, DAY),
          "90",
          "How many seconds a watcher of process control may be silent before it is closed.");
  static final Setting<Optional<Integer>> SPC_KEEP =
      new Setting<>(
          "spc.keep-days",
          optional(number(1, 36_500)),
          "",
          "How long samples are kept. When empty, for ever.");
  static final Setting<Optional<URI>> MQTT_BROKER =
      new Setting<>(
          "spc.mqtt.broker",
          optional(Kinds.broker()),
          "",
          "The MQTT broker from which samples are taken. When empty, none are.");
  static final Setting<String> MQTT_TOPIC =
      new Setting<>(
          "spc.mqtt.topic",
          Kinds.topic(),
          MqttSettings.TOPIC,
          "Under which topics samples are published: the level + is the id of the characteristic.");
  static final Setting<String> MQTT_CLIENT =
      new Setting<>(
          "spc.mqtt.client",
          Kinds.name(),
          "",
          "The name under which the broker keeps samples while the server is away; unique among its clients. When empty, headway- and the server's name.");
  static final Setting<String> MQTT_USER =
      new Setting<>("spc.mqtt.user", Kinds.text(), "", "As whom to connect to the broker.");
  static final Setting<String> MQTT_PASSWORD =
      new Setting<>("spc.mqtt.password", Kinds.secret(), "", "With which password.");

  static final Setting<Integer> TOPIC_EVENTS =
      new Setting<>(
          "topics.events",
          number(16, 1_000_000),
          "1024",
          "How many events of a topic are kept in memory for clients that come back.");
  static final Setting<Integer> TOPIC_RETENTION =
      new Setting<>(
          "topics.retention-seconds",
          number(60, DAY),
          "120",
          "How long a topic that nobody uses stays in memory.");

  /** How much is logged. */
  public static final Setting<LogLevel> LOG_LEVEL =
      new Setting<>("log.level", choice(LogLevel.class), "info", "How much is logged.");

  /** How it is logged. */
  public static final Setting<LogFormat> LOG_FORMAT =
      new Setting<>(
          "log.format",
          choice(LogFormat.class),
          "text",
          "text for people, json for machines: one object a line.");

  /** All of them. */
  static final List<Setting<?>> ALL =
      List.of(
          PORT,
          HOST,
          DATA,
          DATABASE,
          THREADS,
          DRAIN,
          NODE,
          ORIGINS,
          PING,
          PONG,
          IDLE,
          FRAME,
          MESSAGES,
          COMPRESS,
          CONNECTIONS,
          PER_USER,
          PER_RESOURCE,
          BODY,
          KEY_FILE,
          TOKEN,
          REGISTRATION,
          ANONYMOUS,
          RELOAD,
          HASHES,
          ACCOUNT_FAILURES,
          ADDRESS_FAILURES,
          LOGIN_WINDOW,
          ISSUER,
          AUDIENCE,
          JWKS,
          ALGORITHMS,
          ROLE_CLAIM,
          CONCURRENCY,
          LEASE,
          CANCEL_PATIENCE,
          KEEP,
          SOLVERS,
          FPL_SOURCE,
          PLAN_SECONDS,
          PRIVATE_CALLBACKS,
          CALLBACK_SECRET,
          SPC_INTERVAL,
          SPC_TIMEOUT,
          SPC_KEEP,
          MQTT_BROKER,
          MQTT_TOPIC,
          MQTT_CLIENT,
          MQTT_USER,
          MQTT_PASSWORD,
          TOPIC_EVENTS,
          TOPIC_RETENTION,
          LOG_LEVEL,
          LOG_FORMAT);

  private Settings() {}
}
