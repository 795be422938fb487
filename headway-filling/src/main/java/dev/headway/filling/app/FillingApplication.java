package dev.headway.filling.app;

import dev.headway.core.engine.JobType;
import dev.headway.filling.store.PlanStore;
import dev.headway.filling.store.Task;
import dev.headway.filling.store.TaskKind;
import dev.headway.filling.store.TaskStore;
import dev.headway.filling.store.VersionStore;
import dev.headway.filling.work.ComparisonWork;
import dev.headway.filling.work.InputCheck;
import dev.headway.filling.work.Planning;
import dev.headway.filling.work.ScheduleWork;
import dev.headway.filling.work.StrategyCatalog;
import dev.headway.filling.work.TaskInputs;
import dev.headway.filling.work.TaskSubmissions;
import dev.headway.server.Application;
import dev.headway.server.Platform;
import dev.headway.server.http.Paging;
import dev.headway.server.http.Routes;
import dev.headway.server.session.JsonSession.HeartbeatRule;
import dev.headway.server.socket.SocketEndpoint;
import dev.headway.server.stream.TopicKind;
import dev.headway.server.work.WorkItems;
import dev.headway.server.work.WorkRoutes;
import dev.headway.server.work.WorkSocket;
import dev.headway.server.work.WorkTopics;
import dev.headway.store.Database;
import dev.headway.store.Schema;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Filling-line scheduling: schedules and comparisons by REST, watched on {@code /ws/schedule/{id}},
 * {@code /ws/comparison/{id}} and the native stream. Needs the database that the jobs are in.
 */
public final class FillingApplication implements Application {
  /** Its tables; to be migrated after {@link Schema#CORE}. */
  public static final Schema SCHEMA = new Schema("filling", "dev/headway/filling/migration");

  private static final Duration ABANDONED = Duration.ofHours(1);
  private static final int PAGE_SIZE = 20;

  private final Platform platform;
  private final FillingConfig config;
  private final TaskStore store;
  private final PlanStore plans;
  private final VersionStore versions;
  private final InputCheck check;
  private final Planning planning;

  private FillingApplication(Platform platform, Database database, FillingConfig config) {
    this.platform = platform;
    this.config = config;
    this.store = new TaskStore(database);
    this.plans = new PlanStore(database);
    this.versions = new VersionStore(database);
    var catalog = new StrategyCatalog(config.planners());
    this.check = new InputCheck(catalog);
    this.planning = new Planning(catalog, platform.clock());
  }

  /**
   * The installer that adds the application to a server.
   *
   * @param database holds the server's jobs and has this application's tables
   */
  public static Platform.Installer installer(Database database, FillingConfig config) {
    return platform -> new FillingApplication(platform, database, config);
  }

  @Override
  public String name() {
    return "filling";
  }

  @Override
  public String openApi() {
    return InputCheck.OPEN_API;
  }

  @Override
  public String asyncApi() {
    return "/dev/headway/filling/asyncapi.yaml";
  }

  @Override
  public List<JobType> jobTypes() {
    var inputs = new TaskInputs(store, check);
    return List.of(
        new ScheduleWork(inputs, plans, planning).type(),
        new ComparisonWork(inputs, plans, planning, config.parallel()).type());
  }

  @Override
  public Routes routes() {
    var reader = new TaskRequestReader(check, platform.clock());
    var results = new TaskResults(store, plans, check, planning);
    var replans = new Replans(results, check, platform.clock());
    var schedules = routes(TaskKind.SCHEDULE, "schedules");
    var comparisons = routes(TaskKind.COMPARISON, "comparisons");
    var versions = new VersionRoutes(schedules.work(), results, this.versions, platform.clock());
    return new ScheduleRoutes(schedules, reader, results, replans, versions)
        .routes()
        .addAll(versions.routes())
        .addAll(new ComparisonRoutes(comparisons, schedules, reader, results).routes());
  }

  private TaskRoutes routes(TaskKind kind, String list) {
    var submissions = new TaskSubmissions(store, platform.jobs(), platform.clock());
    var work = new WorkRoutes<>(items(kind), "id");
    return new TaskRoutes(kind, work, submissions, new Paging(list, "page_size", PAGE_SIZE));
  }

  private WorkItems<Task> items(TaskKind kind) {
    return new WorkItems<>(
        new StoredTasks(kind, store), platform.jobs(), platform.access(), platform.clock());
  }

  @Override
  public List<SocketEndpoint> sockets() {
    return Arrays.stream(TaskKind.values()).map(this::socket).toList();
  }

  private SocketEndpoint socket(TaskKind kind) {
    return new WorkSocket<>(
        items(kind),
        new TaskDialect(kind),
        new HeartbeatRule(config.heartbeat(), false),
        platform.verifier(),
        platform.clock());
  }

  @Override
  public List<TopicKind> topicKinds() {
    return Arrays.stream(TaskKind.values())
        .<TopicKind>map(kind -> new WorkTopics<>(items(kind)))
        .toList();
  }

  @Override
  public void started() {
    store.removeUnlinked(platform.clock().instant().minus(ABANDONED));
  }
}
