package dev.headway.server;

import dev.headway.core.account.Access;
import dev.headway.core.account.Principal;
import dev.headway.core.bus.TopicFollower;
import dev.headway.core.engine.AbsenceDetector;
import dev.headway.core.engine.Feeds;
import dev.headway.core.engine.JobType;
import dev.headway.core.engine.Jobs;
import dev.headway.core.engine.Membership;
import dev.headway.core.engine.OtherNodes;
import dev.headway.core.engine.ParentRollup;
import dev.headway.core.engine.Runner;
import dev.headway.core.engine.Watchdog;
import dev.headway.core.id.RandomIds;
import dev.headway.core.port.FileStore;
import dev.headway.core.port.NodeRegistry;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.TopicName;
import dev.headway.server.account.Accounts;
import dev.headway.server.account.token.SigningKey;
import dev.headway.server.files.FolderFileStore;
import dev.headway.server.files.JobFiles;
import dev.headway.server.http.OriginPolicy;
import dev.headway.server.http.RawRequest;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.http.contract.OpenApiDocument;
import dev.headway.server.http.dispatch.Dispatcher;
import dev.headway.server.http.dispatch.OpenRequests;
import dev.headway.server.jobs.JobFileRoutes;
import dev.headway.server.jobs.JobRoutes;
import dev.headway.server.jobs.ProgressChannel;
import dev.headway.server.jobs.QueueRoutes;
import dev.headway.server.jobs.SubmissionRoutes;
import dev.headway.server.jobs.WorkerChannel;
import dev.headway.server.jobs.WorkerRoutes;
import dev.headway.server.limit.Refusals;
import dev.headway.server.mcp.McpRoutes;
import dev.headway.server.notice.NoticeRoutes;
import dev.headway.server.notice.Notices;
import dev.headway.server.notification.NotificationRoutes;
import dev.headway.server.notification.Notifications;
import dev.headway.server.notification.Stalls;
import dev.headway.server.routes.AccountRoutes;
import dev.headway.server.routes.DocsRoutes;
import dev.headway.server.routes.HealthRoutes;
import dev.headway.server.routes.LinkRoutes;
import dev.headway.server.routes.MetricsRoutes;
import dev.headway.server.routes.StaticFiles;
import dev.headway.server.routes.StatusRoutes;
import dev.headway.server.routes.UserRoutes;
import dev.headway.server.socket.ConnectionLimits;
import dev.headway.server.socket.CredentialVerifier;
import dev.headway.server.socket.SocketEndpoint;
import dev.headway.server.socket.SocketGate;
import dev.headway.server.socket.Verification;
import dev.headway.server.status.StatusReader;
import dev.headway.server.status.StatusTopics;
import dev.headway.server.stream.BusNotices;
import dev.headway.server.stream.EventRoutes;
import dev.headway.server.stream.FeedTopics;
import dev.headway.server.stream.JobJson;
import dev.headway.server.stream.JobTopics;
import dev.headway.server.stream.NativeStream;
import dev.headway.server.stream.StreamSettings;
import dev.headway.server.stream.TagTopics;
import dev.headway.server.stream.TopicKind;
import dev.headway.server.stream.Topics;
import dev.headway.server.transport.NettyTransport;
import dev.headway.server.transport.http.HttpPipeline;
import dev.headway.server.transport.http.SocketUpgrade;
import dev.headway.server.transport.socket.ConnectionLoops;
import dev.headway.server.webhook.CallbackPolicy;
import dev.headway.server.webhook.CallbackSender;
import dev.headway.server.webhook.CallbackSignature;
import dev.headway.server.webhook.WebhookSecret;
import dev.headway.server.webhook.Webhooks;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a server, put together and not yet started. The constructor is the list of what a
 * server is made of, each part from those above it, to be read from top to bottom.
 */
final class ServerParts {
  /* A client may have so many requests open for each WebSocket or stream that it may have. */
  private static final int REQUESTS_PER_CONNECTION = 4;

  final ServerConfig config;
  final Platform platform;
  final Accounts accounts;
  final Feeds feeds;
  final Webhooks webhooks;
  final List<Application> applications;
  final StatusTopics status;
  final SocketGate gate;
  final NettyTransport transport;
  final Runner runner;
  final Watchdog watchdog;
  final Housekeeping housekeeping;
  final Membership membership;

  private final Notifications notifications;
  private final Stalls stalls;
  private final Webhooks notifier;
  private final JobFiles files;
  private final WorkerChannel workerChannel;
  private final AbsenceDetector absence;
  private final ParentRollup rollup;
  private final ServerBuilder setup;
  private final SecureRandom random = new SecureRandom();
  private final CallbackPolicy callbacks;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Refusals refusals = new Refusals();
  private final ConnectionLimits limits;
  private final OpenRequests requests;
  private final OriginPolicy origins;
  private final StatusReader reader;
  private final Topics topics;
  private final Dispatcher dispatcher;

  ServerParts(ServerBuilder setup) throws IOException {
    this.setup = setup;
    config = setup.config;
    var clock = setup.clock;
    var ids = new RandomIds(clock, random);
    var auth = config.auth().on(config.listen().loopbackOnly());
    var key = SigningKey.loadOrCreate(auth.keyFile(config.dataDirectory()), random);
    accounts = new Accounts(auth, key, setup.accountStore, setup.hasher, clock, ids, refusals);
    var access = new Access(auth.anonymous());
    var hub = new Hub(clock, ids, config.hub());
    var own = new NodeRegistry.Entry(config.node(), setup.home, ids.epoch(), Map.of());
    membership = new Membership(setup.nodes, own, clock, this::heldConnections);
    limits = new ConnectionLimits(config.places(), refusals, membership::heldElsewhere);
    var jobs = new Jobs(setup.jobStore, hub, clock, ids, setup.ledger, setup.bus, membership);
    platform =
        new Platform(
            jobs,
            setup.jobStore,
            hub,
            access,
            verifier(access),
            clock,
            ids,
            new Notices(setup.bus, ids),
            setup.bus,
            meters,
            accounts.signatures());
    files = new JobFiles(fileStore(), setup.files, setup.jobStore, workers);
    feeds = new Feeds(hub, setup.jobStore);
    callbacks = new CallbackPolicy(setup.webhooks.allowPrivate(), setup.mailer);
    var sender = new CallbackSender(callbacks, signature(), JobJson.View::of, clock, workers);
    webhooks = new Webhooks(setup.jobStore, setup.jobStore, sender, clock, random, workers);
    var rules = setup.notificationStore();
    notifications = new Notifications(rules, setup.jobStore, callbacks, clock);
    stalls = new Stalls(rules, setup.jobStore, clock, HeadwayServer.monotonic(setup.nanos));
    notifier = new Webhooks(rules, setup.jobStore, sender, clock, random, workers);
    rollup = new ParentRollup(jobs, setup.jobStore, workers);
    workerChannel = new WorkerChannel(jobs, access, workers);
    listen();
    applications = setup.installers.stream().map(installer -> installer.install(platform)).toList();
    applications.forEach(application -> accounts.roles().register(application.roles()));
    requests = openRequests();
    reader = statusReader();
    status = new StatusTopics(hub, reader);
    topics = topics();
    origins = new OriginPolicy(config.listen().allowedOrigins(), config.listen().loopbackOnly());
    gate = new SocketGate(sockets(), limits, origins, clock);
    housekeeping = new Housekeeping(HeadwayServer.monotonic(setup.nanos), meters);
    var loops = loops();
    dispatcher = dispatcher();
    transport = transport(loops);
    accounts.revocations().onRevoked(_ -> loops.checkCredentials());
    ringOfAccounts();
    runner = new Runner(jobs, allTypes(), runnerSettings(), clock);
    absence = new AbsenceDetector(clock, setup.nanos);
    watchdog =
        new Watchdog(jobs, setup.jobStore, absence::trustedTime, config.jobs().cancelPatience());
    measure(loops);
    planDuties();
  }

  private FileStore fileStore() throws IOException {
    return setup.fileStore == null
        ? new FolderFileStore(config.dataDirectory().resolve("files"))
        : setup.fileStore;
  }

  private Map<String, Long> heldConnections() {
    return limits.told();
  }

  private OpenRequests openRequests() {
    var most = REQUESTS_PER_CONNECTION * config.places().perUser();
    return new OpenRequests(most, refusals, meters, HeadwayServer.monotonic(setup.nanos));
  }

  private StatusReader statusReader() {
    return new StatusReader(
        config.node(),
        config.limits(),
        platform.clock().instant(),
        limits,
        platform.hub(),
        setup.jobStore,
        setup.accountStore);
  }

  /* A change that was heard of elsewhere rings once more, and then nobody finds another. */
  private void ringOfAccounts() {
    var changed = new TopicName("accounts", "changed");
    accounts.revocations().onRevoked(_ -> setup.bus.announce(changed, 0, null));
    setup.bus.listen(new TopicFollower(changed.kind(), _ -> accounts.reload(), accounts::reload));
  }

  private CredentialVerifier verifier(Access access) {
    return (token, origin) -> {
      if (token != null) {
        return accounts.authenticator().verify(token);
      }
      return access.anonymousServed() && origin.anonymousAllowed()
          ? new Verification.Valid(new Principal.Anonymous(origin.address()))
          : new Verification.Absent();
    };
  }

  private CallbackSignature signature() {
    var given = setup.webhooks.secret();
    return new CallbackSignature(
        given.isEmpty()
            ? WebhookSecret.loadOrCreate(config.dataDirectory(), platform.ids())
            : given);
  }

  private void listen() {
    var jobs = platform.jobs();
    jobs.listen(feeds);
    jobs.listen(rollup);
    jobs.listen(webhooks);
    jobs.listen(workerChannel);
    jobs.listen(files);
  }

  private Topics topics() {
    var kinds = new ArrayList<TopicKind>();
    kinds.add(new FeedTopics(feeds, platform.access()));
    kinds.add(new TagTopics(feeds, platform.access()));
    kinds.add(status);
    kinds.add(new JobTopics(platform.jobs(), platform.access()));
    applications.forEach(application -> kinds.addAll(application.topicKinds()));
    return new Topics(kinds);
  }

  private List<SocketEndpoint> sockets() {
    var sockets = new ArrayList<SocketEndpoint>();
    sockets.add(
        new NativeStream(
            topics,
            platform.jobs(),
            platform.access(),
            platform.verifier(),
            streamSettings(),
            busNotices(),
            workerChannel,
            platform.clock()));
    sockets.add(
        new ProgressChannel(
            platform.jobs(),
            platform.access(),
            platform.verifier(),
            platform.clock(),
            Duration.ofSeconds(30)));
    applications.forEach(application -> sockets.addAll(application.sockets()));
    return sockets;
  }

  private BusNotices busNotices() {
    var notices = new BusNotices();
    setup.bus.listen(notices);
    return notices;
  }

  private StreamSettings streamSettings() {
    return new StreamSettings(
        config.node(),
        platform.ids().epoch(),
        config.sockets().ping(),
        Duration.ofMillis(200),
        Duration.ofSeconds(5));
  }

  private Dispatcher dispatcher() {
    var document =
        OpenApiDocument.load(parts(Application::openApi))
            .withMaxBody("uploadFile", setup.files.maxBytes());
    return new Dispatcher(
        new Dispatcher.Api(
            document, routes(document), new StaticFiles("/web", config.listen().frameAncestors())),
        new Dispatcher.Authentication(
            platform.verifier(), origins, config.listen().trustedProxies()),
        new Dispatcher.Telemetry(platform.ids(), meters, refusals, setup.tracing),
        requests);
  }

  /** The applications' parts of a document. */
  private List<String> parts(Function<Application, String> resource) {
    return applications.stream().map(resource).filter(path -> !path.isEmpty()).toList();
  }

  private Routes routes(OpenApiDocument document) {
    var jobs = platform.jobs();
    var access = platform.access();
    var clock = platform.clock();
    var routes =
        new Routes()
            .addAll(new AccountRoutes(accounts, topics, origins).routes())
            .addAll(new LinkRoutes(accounts.links(), topics).routes())
            .addAll(new SubmissionRoutes(jobs, access, types(), callbacks, clock).routes())
            .addAll(new JobRoutes(jobs, platform.jobStore(), access, ownedTypes()).routes())
            .addAll(new WorkerRoutes(jobs, access, clock).routes())
            .addAll(new JobFileRoutes(jobs, access, files, accounts.links()).routes())
            .addAll(new QueueRoutes(jobs.queues()).routes())
            .addAll(new UserRoutes(accounts).routes())
            .addAll(eventRoutes().routes())
            .addAll(new NotificationRoutes(notifications, platform.ids()).routes())
            .addAll(new NoticeRoutes(platform.notices()).routes())
            .addAll(new StatusRoutes(reader).routes())
            .addAll(new DocsRoutes(document, parts(Application::asyncApi)).routes())
            .addAll(new MetricsRoutes(meters).routes())
            .addAll(new McpRoutes(this::ask, topics, clock, Version.CURRENT).routes())
            .addAll(health().routes());
    applications.forEach(application -> routes.addAll(application.routes()));
    return routes;
  }

  /* A tool of an assistant is an operation of REST. */
  private Response ask(RawRequest raw) {
    var answer = new AtomicReference<@Nullable Response>();
    dispatcher.answer(raw, answer::set);
    return Objects.requireNonNull(answer.get());
  }

  private EventRoutes eventRoutes() {
    var settings = streamSettings();
    return new EventRoutes(
        topics,
        platform.clock(),
        accounts.authenticator()::holds,
        () -> settings.reconnect(random));
  }

  private HealthRoutes health() {
    var about =
        new HealthRoutes.About(
            Version.CURRENT, applications.stream().map(Application::name).toList());
    return new HealthRoutes(about, setup.checks, housekeeping::ages, gate::draining);
  }

  private SubmissionRoutes.Types types() {
    return new SubmissionRoutes.Types(Map.copyOf(setup.ownTypes), ownedTypes());
  }

  private Set<String> ownedTypes() {
    return applications.stream()
        .flatMap(application -> application.jobTypes().stream())
        .map(JobType::name)
        .collect(Collectors.toSet());
  }

  private ConnectionLoops loops() {
    return new ConnectionLoops(
        workers,
        accounts.authenticator()::holds,
        limits,
        platform.clock(),
        HeadwayServer.monotonic(setup.nanos),
        config.sockets());
  }

  private NettyTransport transport(ConnectionLoops loops) {
    var upgrade =
        new SocketUpgrade(
            gate, origins, platform.verifier(), config.listen().trustedProxies(), config.sockets());
    var pipeline =
        new HttpPipeline(
            dispatcher,
            upgrade,
            loops,
            config.dataDirectory().resolve("uploads"),
            config.sockets().maxBody(),
            config.listen().trustedProxies());
    return new NettyTransport(pipeline, loops, config.listen().threads());
  }

  private Map<String, JobType> allTypes() {
    var all = new HashMap<>(setup.ownTypes);
    for (var application : applications) {
      application.jobTypes().forEach(type -> all.put(type.name(), type));
    }
    return all;
  }

  private Runner.Settings runnerSettings() {
    return new Runner.Settings(config.node(), config.jobs().concurrency(), config.jobs().lease());
  }

  private void measure(ConnectionLoops loops) {
    meters.gauge("headway.nodes", membership, each -> each.others() + 1);
    var metrics = new ServerMetrics(meters);
    metrics.connections(limits, loops);
    metrics.deliveries(loops);
    metrics.topics(platform.hub());
    platform.hub().counts().onEncoded(setup.tracing::encoded);
    metrics.jobs(runner, watchdog);
    metrics.bus(setup.bus);
    metrics.others(setup.counters, setup.gauges);
  }

  private void planDuties() {
    var jobs = config.jobs();
    housekeeping.every(Duration.ofMillis(50), "flush reports", runner::flush);
    housekeeping.every(
        Duration.ofMillis(250), "store progress", platform.jobs().progressWriter()::flush);
    housekeeping.every(
        Duration.ofMillis(250), "store checkpoints", platform.jobs()::storeCheckpoints);
    housekeeping.every(Duration.ofMillis(250), "settle lost answers", platform.jobs()::settle);
    housekeeping.every(Duration.ofSeconds(2), "cancel orphans", rollup::tick);
    housekeeping.every(Duration.ofMillis(500), "notice absences", absence::tick);
    housekeeping.every(Duration.ofMillis(500), "watch jobs", this::watchJobs);
    if (membership.shared()) {
      followOtherNodes();
    }
    housekeeping.every(jobs.lease().dividedBy(3), "renew leases", runner::renew);
    housekeeping.every(Duration.ofSeconds(2), "announce ends", webhooks::tick);
    housekeeping.every(Duration.ofSeconds(2), "tell users", this::tellUsers);
    housekeeping.every(Duration.ofSeconds(1), "end overdue requests", requests::tick);
    housekeeping.every(Duration.ofSeconds(1), "show the server's status", status::tick);
    housekeeping.every(Duration.ofSeconds(10), "sweep topics", platform.hub()::sweep);
    housekeeping.every(Duration.ofSeconds(10), "sweep feeds", feeds::sweep);
    housekeeping.every(Duration.ofSeconds(1), "follow accounts", accounts::follow);
    housekeeping.every(
        Duration.ofSeconds(config.auth().reloadSeconds()), "reload accounts", accounts::reload);
    housekeeping.every(Duration.ofHours(1), "purge jobs", this::purge);
    housekeeping.every(Duration.ofHours(1), "purge files", files::sweep);
  }

  private void tellUsers() {
    notifications.tick();
    stalls.tick();
    notifier.tick();
  }

  private void followOtherNodes() {
    var others =
        new OtherNodes(
            platform.hub(),
            platform.jobs(),
            platform.jobStore(),
            feeds,
            setup.bus,
            platform.clock());
    setup.bus.listen(others);
    housekeeping.every(OtherNodes.PACE, "follow other nodes", others::tick);
    housekeeping.every(Membership.PACE, "be one of the nodes", membership::tick);
    setup.check("nodes", membership::requireFit);
  }

  /* A wrong clock would take leases away, or give them anew, so it is compared first. */
  private void watchJobs() {
    if (membership.shared()) {
      membership.tick();
      membership.requireFit();
    }
    absence.tick();
    absence.afterAbsence(watchdog::rearm);
    watchdog.tick();
  }

  private void purge() {
    var moment = platform.clock().instant().minus(config.jobs().keep());
    if (platform.jobStore().purge(moment) > 0) {
      feeds.catchUp();
    }
  }
}
