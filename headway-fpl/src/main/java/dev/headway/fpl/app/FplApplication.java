package dev.headway.fpl.app;

import dev.headway.core.account.Role;
import dev.headway.core.engine.JobType;
import dev.headway.fpl.advice.Analysis;
import dev.headway.fpl.store.AnalysisStore;
import dev.headway.fpl.store.SeasonStore;
import dev.headway.fpl.store.StoredAnalysis;
import dev.headway.server.Application;
import dev.headway.server.Platform;
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
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fantasy Premier League: analyses of teams by REST, watched on {@code
 * /api/v1/analyze/{analysis_id}/stream} and the native stream. Needs the database that the jobs are
 * in.
 */
public final class FplApplication implements Application {
  /** Its tables; to be migrated after {@link Schema#CORE}. */
  public static final Schema SCHEMA = new Schema("fpl", "dev/headway/fpl/migration");

  /** The role of users who change what seasons are made from. */
  public static final Role ENGINEER = new Role("engineer");

  private static final Logger LOG = LoggerFactory.getLogger(FplApplication.class);
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Platform platform;
  private final FplConfig config;
  private final AnalysisStore store;
  private final Seasons seasons;
  private final Analysis analysis;

  private FplApplication(Platform platform, Database database, FplConfig config) {
    this.platform = platform;
    this.config = config;
    this.store = new AnalysisStore(database);
    this.seasons = new Seasons(config.source(), new SeasonStore(database), platform.clock());
    this.analysis = new Analysis(seasons, config.solver(), config.limits());
  }

  /**
   * The installer that adds the application to a server.
   *
   * @param database holds the server's jobs and has this application's tables
   */
  public static Platform.Installer installer(Database database, FplConfig config) {
    return platform -> new FplApplication(platform, database, config);
  }

  @Override
  public String name() {
    return "fpl";
  }

  @Override
  public String openApi() {
    return "/dev/headway/fpl/openapi.yaml";
  }

  @Override
  public String asyncApi() {
    return "/dev/headway/fpl/asyncapi.yaml";
  }

  @Override
  public List<JobType> jobTypes() {
    return List.of(
        new AnalysisWork(store, analysis, platform.jobs(), platform.clock()).type(),
        new RobustnessWork(platform.jobs(), store, analysis, config.solver()).type());
  }

  @Override
  public Set<Role> roles() {
    return Set.of(ENGINEER);
  }

  @Override
  public Routes routes() {
    var submissions = new AnalysisSubmissions(store, platform.jobs(), platform.clock());
    return new AnalysisRoutes(new WorkRoutes<>(items(), "analysis_id"), submissions, analysis)
        .routes()
        .addAll(new SeasonRoutes(seasons).routes());
  }

  private WorkItems<StoredAnalysis> items() {
    return new WorkItems<>(
        new StoredAnalyses(store), platform.jobs(), platform.access(), platform.clock());
  }

  @Override
  public List<SocketEndpoint> sockets() {
    return List.of(
        new WorkSocket<>(
            items(),
            new AnalysisDialect(),
            new HeartbeatRule(config.heartbeat(), true),
            platform.verifier(),
            platform.clock()));
  }

  @Override
  public List<TopicKind> topicKinds() {
    return List.of(new WorkTopics<>(items()));
  }

  @Override
  public void started() {
    store.removeUnlinked(platform.clock().instant().minus(ABANDONED));
    LOG.info("Analyses use the {} season", seasons.kind().key());
  }
}
