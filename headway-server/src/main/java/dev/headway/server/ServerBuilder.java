package dev.headway.server;

import dev.headway.core.engine.JobType;
import dev.headway.core.memory.InMemoryAccountStore;
import dev.headway.core.memory.InMemoryJobStore;
import dev.headway.core.memory.InMemoryNotificationStore;
import dev.headway.core.port.AccountStore;
import dev.headway.core.port.Bus;
import dev.headway.core.port.FileStore;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.NodeRegistry;
import dev.headway.core.port.NotificationStore;
import dev.headway.core.port.PasswordHasher;
import dev.headway.core.port.ProgressLedger;
import dev.headway.server.account.password.Argon2;
import dev.headway.server.files.FileSettings;
import dev.headway.server.http.contract.OpenApiDocument;
import dev.headway.server.mail.Mailer;
import dev.headway.server.routes.HealthRoutes.Check;
import dev.headway.server.trace.Tracing;
import dev.headway.server.webhook.WebhookSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a server that is about to be started. Without stores it keeps everything in memory.
 * Used by one thread; {@link ServerParts} is the list of what the server is made of.
 */
public final class ServerBuilder {
  final ServerConfig config;
  final List<Platform.Installer> installers = new ArrayList<>();
  final Map<String, JobType> ownTypes = new LinkedHashMap<>();
  final Map<String, Check> checks = new LinkedHashMap<>();
  final Map<String, LongSupplier> counters = new LinkedHashMap<>();
  final Map<String, DoubleSupplier> gauges = new LinkedHashMap<>();
  JobStore jobStore = new InMemoryJobStore();
  AccountStore accountStore = new InMemoryAccountStore();
  @Nullable NotificationStore notifications;
  PasswordHasher hasher = new Argon2();
  NodeRegistry nodes = NodeRegistry.NONE;
  String home = "";
  WebhookSettings webhooks = WebhookSettings.DEFAULT;
  @Nullable Mailer mailer;
  @Nullable FileStore fileStore;
  FileSettings files = FileSettings.DEFAULT;
  ProgressLedger ledger = ProgressLedger.NONE;
  Bus bus = Bus.NONE;
  Tracing tracing = Tracing.NONE;
  final LongSupplier nanos = System::nanoTime;
  final InstantSource clock = Clock.systemUTC();

  /* Programs open their database meanwhile; both take a good part of a start. */
  ServerBuilder(ServerConfig config) {
    this.config = config;
    Thread.ofPlatform().name("headway-contract").daemon().start(OpenApiDocument::readAhead);
  }

  /** Keeps jobs and accounts in these stores. */
  public ServerBuilder stores(JobStore jobs, AccountStore accounts) {
    this.jobStore = jobs;
    this.accountStore = accounts;
    return this;
  }

  /** Keeps the rules there by which users are told of their jobs, of the same database. */
  public ServerBuilder notifications(NotificationStore rules) {
    this.notifications = rules;
    return this;
  }

  NotificationStore notificationStore() {
    return notifications == null ? new InMemoryNotificationStore(jobStore) : notifications;
  }

  /** Keeps reports there until they are stored, for the server that follows a killed one. */
  public ServerBuilder ledger(ProgressLedger reports) {
    this.ledger = reports;
    return this;
  }

  /** Rings at the other servers on the same stores there, and hears them. */
  public ServerBuilder bus(Bus ring) {
    this.bus = ring;
    return this;
  }

  /** Traces requests and frames there. */
  public ServerBuilder tracing(Tracing traces) {
    this.tracing = traces;
    return this;
  }

  /** Uses another password hash than {@link Argon2}: for tests, which sign in often. */
  public ServerBuilder passwords(PasswordHasher other) {
    this.hasher = other;
    return this;
  }

  /** Mails the ends of jobs that ask for it; null for none. */
  public ServerBuilder mail(@Nullable Mailer sender) {
    this.mailer = sender;
    return this;
  }

  /**
   * Keeps the files of jobs so.
   *
   * @param store where; null for a folder in the data directory
   */
  public ServerBuilder files(FileSettings bounds, @Nullable FileStore store) {
    this.files = bounds;
    this.fileStore = store;
    return this;
  }

  /** Announces the ends of jobs so. */
  public ServerBuilder webhooks(WebhookSettings settings) {
    this.webhooks = settings;
    return this;
  }

  /**
   * Says that other servers use the same stores: what they do to jobs is shown here, too.
   *
   * @param registry of these servers
   * @param dataDirectory names what belongs to this one, the same after a restart
   */
  public ServerBuilder sharedStores(NodeRegistry registry, String dataDirectory) {
    nodes = registry;
    home = dataDirectory;
    return this;
  }

  /** Adds an application. */
  public ServerBuilder application(Platform.Installer installer) {
    installers.add(installer);
    return this;
  }

  /** Adds a type of job that clients may submit and this server does. */
  public ServerBuilder job(JobType type) {
    ownTypes.put(type.name(), type);
    return this;
  }

  /** Adds something that the server cannot do without: {@code GET /ready} tries it. */
  public ServerBuilder check(String name, Check check) {
    checks.put(name, check);
    return this;
  }

  /** Shows how often something has happened since the start, as a counter at /metrics. */
  public ServerBuilder counter(String name, LongSupplier count) {
    counters.put(name, count);
    return this;
  }

  /** Shows how much there is of something at present, as a gauge at /metrics. */
  public ServerBuilder gauge(String name, DoubleSupplier value) {
    gauges.put(name, value);
    return this;
  }

  /**
   * Makes the parts and starts.
   *
   * @throws IOException when the port cannot be bound
   */
  public HeadwayServer start() throws IOException {
    return HeadwayServer.start(new ServerParts(this));
  }
}
