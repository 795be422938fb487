package dev.headway.filling.app;

import dev.headway.core.engine.JobType;
import dev.headway.filling.store.PlanStore;
import dev.headway.filling.store.TaskKind;
import dev.headway.filling.store.TaskStore;
import dev.headway.server.Application;
import dev.headway.server.Platform;
import dev.headway.server.http.Routes;
import dev.headway.server.socket.SocketEndpoint;
import dev.headway.server.stream.TopicKind;
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

  private final Platform platform;
  private final FillingConfig config;
  private final TaskStore store;
  private final PlanStore plans;
  private final Tasks tasks;
  private final InputCheck check;
  private final Planning planning;

  private FillingApplication(Platform platform, Database database, FillingConfig config) {
    this.platform = platform;
    this.config = config;
    this.store = new TaskStore(database);
    this.plans = new PlanStore(database);
    this.tasks =
        new Tasks(store, new Tasks.Desk(platform.jobs(), platform.access(), platform.clock()));
    var catalog = new Catalog(config.planners());
    this.check = new InputCheck(catalog);
    this.planning = new Planning(catalog, platform.clock());
  }

  /**
   * What adds the application to a server.
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
    return "/dev/headway/filling/openapi.yaml";
  }

  @Override
  public List<JobType> jobTypes() {
    var workshop = new Workshop(store, plans, check, planning);
    return List.of(
        new ScheduleWork(workshop).type(), new ComparisonWork(workshop, config.parallel()).type());
  }

  @Override
  public Routes routes() {
    var reader = new TaskReader(check);
    var schedules = new TaskRoutes(TaskKind.SCHEDULE, "schedules", tasks);
    var comparisons = new TaskRoutes(TaskKind.COMPARISON, "comparisons", tasks);
    var results = new Results(tasks, plans, check, planning);
    return new ScheduleRoutes(schedules, reader, results)
        .routes()
        .addAll(new ComparisonRoutes(comparisons, reader, results).routes());
  }

  @Override
  public List<SocketEndpoint> sockets() {
    var services =
        new TaskSocket.Services(tasks, platform.verifier(), platform.clock(), config.heartbeat());
    return Arrays.stream(TaskKind.values())
        .<SocketEndpoint>map(kind -> new TaskSocket(kind, services))
        .toList();
  }

  @Override
  public List<TopicKind> topicKinds() {
    return Arrays.stream(TaskKind.values())
        .<TopicKind>map(kind -> new TaskTopics(kind, tasks))
        .toList();
  }

  @Override
  public void started() {
    store.removeUnlinked(platform.clock().instant().minus(ABANDONED));
  }
}
