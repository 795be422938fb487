package dev.headway.spc.app;

import dev.headway.core.account.Role;
import dev.headway.core.engine.JobType;
import dev.headway.server.Application;
import dev.headway.server.Platform;
import dev.headway.server.http.Routes;
import dev.headway.server.mail.Mailer;
import dev.headway.server.socket.SocketEndpoint;
import dev.headway.server.stream.TopicKind;
import dev.headway.spc.alarm.Alarms;
import dev.headway.spc.input.JsonSampleReader;
import dev.headway.spc.live.ChartChanges;
import dev.headway.spc.live.Intake;
import dev.headway.spc.live.JudgedSamples;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.live.Overview;
import dev.headway.spc.live.SampleCorrections;
import dev.headway.spc.live.SeriesStudies;
import dev.headway.spc.live.StageChanges;
import dev.headway.spc.mqtt.MqttSource;
import dev.headway.spc.store.SpcStore;
import dev.headway.store.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Statistical process control, live: characteristics, samples, limits, rules and violations by
 * REST, and what happens to them on {@code /ws}, {@code /ws/samples} and the native stream.
 */
public final class SpcApplication implements Application {
  /** The role of users who change limits and rules. */
  public static final Role ENGINEER = new Role("engineer");

  private static final Logger LOG = LoggerFactory.getLogger(SpcApplication.class);
  private static final Duration PURGE_INTERVAL = Duration.ofHours(1);
  private static final Duration OTHER_NODES = Duration.ofMillis(300);

  private final SpcStore store;
  private final SpcSettings settings;
  private final LiveCharts charts;
  private final InstantSource clock;
  private final ChartChanges changes;
  private final ImportJobs imports;
  private final Routes routes;
  private final List<SocketEndpoint> sockets;
  private final CharacteristicTopics topics;
  private final Overview overview;
  private final @Nullable MqttSource source;
  private final Alarms alarms;
  private @Nullable ScheduledExecutorService repeating;

  private SpcApplication(
      Platform platform, SpcStore store, SpcSettings settings, @Nullable Mailer mailer) {
    this.store = store;
    this.settings = settings;
    this.clock = platform.clock();
    this.charts = new LiveCharts(store, platform.hub(), platform.bus());
    var intake = new Intake(charts, store, settings.times(), clock);
    var changes = new ChartChanges(charts, store, clock);
    var reader = new JsonSampleReader(charts::definition);
    this.imports = new ImportJobs(platform.jobs(), charts, intake, reader, store);
    this.changes = changes;
    this.source =
        settings.mqtt() == null
            ? null
            : new MqttSource(settings.mqtt(), charts, intake, store, platform.meters(), clock);
    this.alarms =
        new Alarms(store, this::name, settings.alarms(), mailer, clock, Thread::startVirtualThread);
    this.routes =
        routes(intake, reader, new Authors(platform.signatures(), settings.signatures()))
            .addAll(new SignalRoutes(store, charts, source).routes())
            .addAll(new AlarmRoutes(store.alarms(), alarms).routes());
    this.topics = new CharacteristicTopics(charts);
    this.overview = new Overview(charts, platform.hub());
    this.sockets = Stream.of("/ws", "/ws/samples").map(path -> socket(path, platform)).toList();
  }

  private SocketEndpoint socket(String path, Platform platform) {
    return new SpcSocket(
        path, topics, new ResumeFrames(store), platform.verifier(), settings, platform.notices());
  }

  /**
   * Makes the application over a database, whose tables it brings up to date.
   *
   * @param mailer sends alarms that are e-mails; null when none are sent
   */
  public static Platform.Installer installer(
      Database database, SpcSettings settings, @Nullable Mailer mailer) {
    return platform -> new SpcApplication(platform, SpcStore.open(database), settings, mailer);
  }

  private Routes routes(Intake intake, JsonSampleReader reader, Authors authors) {
    var corrections = new SampleCorrections(charts, store, settings.times(), clock);
    var judgedSamples = new JudgedSamples(store);
    var stages = new StageChanges(charts, store, clock);
    var studies = new SeriesStudies(store.samples(), clock);
    return new Routes()
        .addAll(
            new CharacteristicRoutes(charts, changes, store.characteristics(), authors).routes())
        .addAll(new ChartRoutes(charts, stages, store, studies, clock, authors).routes())
        .addAll(new TimeWeightedRoutes(charts, store.samples()).routes())
        .addAll(new ShortRunRoutes(charts, store.samples()).routes())
        .addAll(new SourceRoutes(store.sources(), charts).routes())
        .addAll(new StageRoutes(charts, stages, store, authors).routes())
        .addAll(
            new SampleRoutes(intake, reader, corrections, charts, judgedSamples, imports, authors)
                .routes())
        .addAll(new AnnotationRoutes(store.annotations(), charts, changes, authors).routes())
        .addAll(new ViolationRoutes(store, charts, changes, authors).routes());
  }

  @Override
  public String name() {
    return "spc";
  }

  @Override
  public String openApi() {
    return "/dev/headway/spc/openapi.yaml";
  }

  @Override
  public String asyncApi() {
    return "/dev/headway/spc/asyncapi.yaml";
  }

  @Override
  public List<JobType> jobTypes() {
    return List.of(imports.jobType());
  }

  @Override
  public Set<Role> roles() {
    return Set.of(ENGINEER);
  }

  @Override
  public Routes routes() {
    return routes;
  }

  @Override
  public List<SocketEndpoint> sockets() {
    return sockets;
  }

  @Override
  public List<TopicKind> topicKinds() {
    return List.of(topics, new OverviewTopics(overview));
  }

  @Override
  public void started() {
    imports.sweep();
    Thread.ofVirtual().name("spc-judge-anew").start(this::judgeAnew);
    if (source != null) {
      source.start();
    }
    repeating = Executors.newScheduledThreadPool(2, Thread.ofVirtual().factory());
    var millis = OTHER_NODES.toMillis();
    var _ =
        repeating.scheduleWithFixedDelay(this::followOthers, millis, millis, TimeUnit.MILLISECONDS);
    var _ = repeating.scheduleWithFixedDelay(this::overview, millis, millis, TimeUnit.MILLISECONDS);
    var _ = repeating.scheduleWithFixedDelay(this::alarm, 1_000, 1_000, TimeUnit.MILLISECONDS);
    var keep = settings.keepSamples();
    if (keep != null) {
      var interval = PURGE_INTERVAL.toSeconds();
      var _ = repeating.scheduleWithFixedDelay(() -> purge(keep), 0, interval, TimeUnit.SECONDS);
    }
  }

  private String name(long characteristic) {
    var definition = charts.definition(characteristic);
    return definition == null ? "Characteristic " + characteristic : definition.name();
  }

  private void overview() {
    try {
      overview.tick();
    } catch (RuntimeException failure) {
      LOG.warn("The overview could not be told of changes; the next one is", failure);
    }
  }

  private void alarm() {
    try {
      alarms.tick();
    } catch (RuntimeException failure) {
      LOG.warn("Alarms could not be delivered; tried again at once", failure);
    }
  }

  /* Once after an earlier version, which judged samples only as they came. */
  private void judgeAnew() {
    try {
      store.characteristics().unjudged().forEach(changes::judgeAnew);
    } catch (RuntimeException failure) {
      LOG.warn("History could not be judged anew; tried again at the next start", failure);
    }
  }

  private void followOthers() {
    try {
      charts.followOtherNodes();
    } catch (RuntimeException failure) {
      LOG.warn("The changes of other nodes could not be read; tried again at once", failure);
    }
  }

  private void purge(Duration keep) {
    try {
      var before = clock.instant().minus(keep);
      var gone = store.samples().purge(before);
      if (gone > 0) {
        charts.forgetBefore(before);
        LOG.info("Deleted {} samples older than {} days", gone, keep.toDays());
      }
    } catch (RuntimeException failure) {
      LOG.warn("Old samples could not be deleted; tried again in an hour", failure);
    }
  }

  @Override
  public void stopped() {
    if (source != null) {
      source.close();
    }
    if (repeating != null) {
      repeating.shutdownNow();
    }
  }
}
