package dev.headway.server;

import dev.headway.core.account.Access;
import dev.headway.core.account.Principal;
import dev.headway.core.engine.AbsenceDetector;
import dev.headway.core.engine.Feeds;
import dev.headway.core.engine.JobType;
import dev.headway.core.engine.Jobs;
import dev.headway.core.engine.OtherNodes;
import dev.headway.core.engine.ParentRollup;
import dev.headway.core.engine.Runner;
import dev.headway.core.engine.Watchdog;
import dev.headway.core.id.IdSource;
import dev.headway.core.id.RandomIds;
import dev.headway.core.memory.InMemoryAccountStore;
import dev.headway.core.memory.InMemoryJobStore;
import dev.headway.core.port.AccountStore;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.PasswordHasher;
import dev.headway.core.topic.Hub;
import dev.headway.server.account.Accounts;
import dev.headway.server.account.password.Argon2;
import dev.headway.server.account.token.SigningKey;
import dev.headway.server.http.Dispatcher;
import dev.headway.server.http.OpenApiDocument;
import dev.headway.server.http.OriginPolicy;
import dev.headway.server.http.Routes;
import dev.headway.server.jobs.JobRoutes;
import dev.headway.server.jobs.ProgressChannel;
import dev.headway.server.jobs.WorkerRoutes;
import dev.headway.server.routes.AccountRoutes;
import dev.headway.server.routes.DocsRoutes;
import dev.headway.server.routes.HealthRoutes;
import dev.headway.server.routes.HealthRoutes.Check;
import dev.headway.server.routes.MetricsRoutes;
import dev.headway.server.routes.NoticeRoutes;
import dev.headway.server.routes.StaticFiles;
import dev.headway.server.routes.StatusRoutes;
import dev.headway.server.socket.ConnectionLimits;
import dev.headway.server.socket.CredentialVerifier;
import dev.headway.server.socket.SocketEndpoint;
import dev.headway.server.socket.SocketGate;
import dev.headway.server.socket.Verification;
import dev.headway.server.status.StatusReader;
import dev.headway.server.status.StatusTopics;
import dev.headway.server.stream.EventRoutes;
import dev.headway.server.stream.FeedTopics;
import dev.headway.server.stream.JobJson;
import dev.headway.server.stream.JobTopics;
import dev.headway.server.stream.NativeStream;
import dev.headway.server.stream.StreamSettings;
import dev.headway.server.stream.TopicKind;
import dev.headway.server.stream.Topics;
import dev.headway.server.transport.NettyTransport;
import dev.headway.server.transport.http.HttpPipeline;
import dev.headway.server.transport.http.SocketUpgrade;
import dev.headway.server.transport.socket.ConnectionLoops;
import dev.headway.server.webhook.CallbackPolicy;
import dev.headway.server.webhook.CallbackSignature;
import dev.headway.server.webhook.WebhookSecret;
import dev.headway.server.webhook.WebhookSettings;
import dev.headway.server.webhook.Webhooks;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts a server together: the list of what it is made of, to be read from top to bottom. Without
 * stores it keeps everything in memory. Used by one thread.
 */
public final class ServerBuilder {
  private final ServerConfig config;
  private final List<Platform.Installer> installers = new ArrayList<>();
  private final Map<String, JobType> ownTypes = new LinkedHashMap<>();
  private final Map<String, Check> checks = new LinkedHashMap<>();
  private final Map<String, LongSupplier> counters = new LinkedHashMap<>();
  private JobStore jobStore = new InMemoryJobStore();
  private AccountStore accountStore = new InMemoryAccountStore();
  private PasswordHasher hasher = new Argon2();
  private boolean sharedStores;
  private CallbackPolicy callbacks = new CallbackPolicy(false);
  private String webhookSecret = "";
  private InstantSource clock = Clock.systemUTC();
  private LongSupplier nanos = System::nanoTime;
  private final FutureTask<ObjectNode> contract = new FutureTask<>(OpenApiDocument::serverPart);

  /* Programs open their database meanwhile; both take a good part of a start. */
  ServerBuilder(ServerConfig config) {
    this.config = config;
    Thread.ofPlatform().name("headway-contract").daemon().start(contract);
  }

  /** Keeps jobs and accounts in these stores. */
  public ServerBuilder stores(JobStore jobs, AccountStore accounts) {
    this.jobStore = jobs;
    this.accountStore = accounts;
    return this;
  }

  /**
   * Hashes passwords otherwise than by Argon2id: for tests and for other applications' accounts.
   */
  public ServerBuilder passwords(PasswordHasher other) {
    this.hasher = other;
    return this;
  }

  /** Announces the ends of jobs so. */
  public ServerBuilder webhooks(WebhookSettings settings) {
    callbacks = new CallbackPolicy(settings.allowPrivate());
    webhookSecret = settings.secret();
    return this;
  }

  /** Says that other nodes use the same stores: what they do to jobs is shown here, too. */
  public ServerBuilder sharedStores() {
    sharedStores = true;
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

  /**
   * Uses other clocks.
   *
   * @param wall stamps everything
   * @param nanoTime measures time that passes; never goes back
   */
  public ServerBuilder clocks(InstantSource wall, LongSupplier nanoTime) {
    this.clock = wall;
    this.nanos = nanoTime;
    return this;
  }

  /**
   * Puts everything together and starts.
   *
   * @throws IOException when the port cannot be bound
   */
  public HeadwayServer start() throws IOException {
    var random = new SecureRandom();
    var workers = Executors.newVirtualThreadPerTaskExecutor();
    var ids = new RandomIds(clock, random);
    var loopback = config.listen().loopbackOnly();
    var auth = config.auth().on(loopback);
    var key = SigningKey.loadOrCreate(auth.keyFile(config.dataDirectory()), random);
    var accounts = new Accounts(auth, key, accountStore, hasher, clock, ids);
    var access = new Access(auth.anonymous());
    var verifier = verifier(accounts, access);

    var hub = new Hub(clock, ids, config.hub());
    var jobs = new Jobs(jobStore, hub, clock, ids);
    var feeds = new Feeds(hub, jobStore);
    jobs.listen(feeds);
    jobs.listen(new ParentRollup(jobs, jobStore, workers));

    var secret =
        webhookSecret.isEmpty()
            ? WebhookSecret.loadOrCreate(config.dataDirectory(), ids)
            : webhookSecret;
    var signature = new CallbackSignature(secret);
    var webhooks =
        new Webhooks(
            jobStore,
            new Webhooks.Services(callbacks, signature, JobJson.View::of, clock, random, workers));
    jobs.listen(webhooks);

    var notices = new Notices();
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var platform = new Platform(jobs, jobStore, hub, access, verifier, clock, ids, notices, meters);
    var applications = installers.stream().map(installer -> installer.install(platform)).toList();
    applications.forEach(application -> accounts.roles().register(application.roles()));
    var limits = new ConnectionLimits(config.places());
    var reader = new StatusReader(config, clock.instant(), limits, hub, jobStore, accountStore);
    var status = new StatusTopics(hub, reader);
    var topics = topics(platform, List.of(new FeedTopics(feeds, access), status), applications);

    var draining = new AtomicBoolean();
    var origins = new OriginPolicy(config.listen().allowedOrigins(), loopback);
    var gate = new SocketGate(sockets(platform, topics, applications), limits, origins, clock);
    var document = OpenApiDocument.load(contract(), documents(applications));
    var routes =
        new Routes()
            .addAll(new AccountRoutes(accounts, topics).routes())
            .addAll(new JobRoutes(jobs, jobStore, access, types(applications), callbacks).routes())
            .addAll(new WorkerRoutes(jobs, access, clock).routes())
            .addAll(new EventRoutes(topics, clock).routes())
            .addAll(new NoticeRoutes(notices).routes())
            .addAll(new StatusRoutes(reader).routes())
            .addAll(new DocsRoutes(document).routes())
            .addAll(new MetricsRoutes(meters).routes())
            .addAll(new HealthRoutes(about(applications), checks, draining::get).routes());
    applications.forEach(application -> routes.addAll(application.routes()));
    var dispatcher =
        new Dispatcher(
            new Dispatcher.Api(document, routes, new StaticFiles("/web")),
            new Dispatcher.Door(verifier, origins),
            new Dispatcher.Instruments(ids, clock, meters));

    var loops =
        new ConnectionLoops(
            workers,
            accounts.authenticator()::holds,
            limits,
            clock,
            HeadwayServer.monotonic(nanos),
            config.sockets());
    var upgrade = new SocketUpgrade(gate, origins, verifier, config.sockets());
    var pipeline =
        new HttpPipeline(
            dispatcher,
            upgrade,
            loops,
            config.dataDirectory().resolve("uploads"),
            config.sockets().maxBody());
    var transport = new NettyTransport(pipeline, loops, config.listen().threads());
    accounts.revocations().onRevoked(_ -> loops.checkCredentials());
    meters.gauge("headway.connections", limits, ConnectionLimits::total);
    meters.gauge("headway.topics", hub, Hub::size);
    // Meters hold what they look at weakly; the hub lives as long as the server.
    FunctionCounter.builder("headway.events.unencodable", hub, Hub::unencodable)
        .description("Events in whose place a marker was sent")
        .register(meters);
    counters.forEach((name, count) ->
        FunctionCounter.builder(name, hub, _ -> count.getAsLong()).register(meters));

    var runner = new Runner(jobs, allTypes(applications), runnerSettings(), clock);
    meters.gauge("headway.jobs.running", runner, Runner::running);
    var watchdog = new Watchdog(jobs, jobStore, clock, config.jobs().cancelPatience());
    var absence = new AbsenceDetector(clock, nanos, watchdog::rearm);
    var otherNodes =
        sharedStores
            ? Optional.of(new OtherNodes(hub, jobs, feeds, runner))
            : Optional.<OtherNodes>empty();
    return HeadwayServer.start(
        new ServerParts(
            config,
            jobStore,
            clock,
            hub,
            jobs,
            runner,
            watchdog,
            absence,
            otherNodes,
            status,
            webhooks,
            accounts,
            access,
            gate,
            transport,
            applications,
            draining));
  }

  private ObjectNode contract() {
    try {
      return contract.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("The server's OpenAPI document cannot be read", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while starting", interrupted);
    }
  }

  private Runner.Settings runnerSettings() {
    return new Runner.Settings(config.node(), config.jobs().concurrency(), config.jobs().lease());
  }

  private static CredentialVerifier verifier(Accounts accounts, Access access) {
    return (token, origin) -> {
      if (token != null) {
        return accounts.authenticator().verify(token);
      }
      return access.anonymousServed() && origin.anonymousAllowed()
          ? new Verification.Valid(new Principal.Anonymous(origin.address()))
          : new Verification.Absent();
    };
  }

  private static Topics topics(
      Platform platform, List<TopicKind> own, List<Application> applications) {
    var kinds = new ArrayList<>(own);
    kinds.add(new JobTopics(platform.jobs(), platform.access()));
    applications.forEach(application -> kinds.addAll(application.topicKinds()));
    return new Topics(kinds);
  }

  private List<SocketEndpoint> sockets(
      Platform platform, Topics topics, List<Application> applications) {
    var sockets = new ArrayList<SocketEndpoint>();
    sockets.add(
        new NativeStream(
            new NativeStream.Services(
                topics,
                platform.jobs(),
                platform.access(),
                platform.verifier(),
                streamSettings(platform.ids()),
                clock)));
    sockets.add(
        new ProgressChannel(
            new ProgressChannel.Services(
                platform.jobs(),
                platform.access(),
                platform.verifier(),
                clock,
                Duration.ofSeconds(30))));
    applications.forEach(application -> sockets.addAll(application.sockets()));
    return sockets;
  }

  private StreamSettings streamSettings(IdSource ids) {
    return new StreamSettings(
        config.node(),
        ids.epoch(),
        config.sockets().ping(),
        Duration.ofMillis(200),
        Duration.ofSeconds(5));
  }

  private static List<String> documents(List<Application> applications) {
    var documents = new ArrayList<String>();
    documents.add(OpenApiDocument.SERVER);
    applications.stream()
        .map(Application::openApi)
        .filter(resource -> !resource.isEmpty())
        .forEach(documents::add);
    return documents;
  }

  private static HealthRoutes.About about(List<Application> applications) {
    return new HealthRoutes.About(
        Version.CURRENT, applications.stream().map(Application::name).toList());
  }

  private JobRoutes.Types types(List<Application> applications) {
    var owned =
        applications.stream()
            .flatMap(application -> application.jobTypes().stream())
            .map(JobType::name)
            .collect(Collectors.toSet());
    return new JobRoutes.Types(Map.copyOf(ownTypes), owned);
  }

  private Map<String, JobType> allTypes(List<Application> applications) {
    var all = new HashMap<>(ownTypes);
    for (var application : applications) {
      application.jobTypes().forEach(type -> all.put(type.name(), type));
    }
    return all;
  }
}
