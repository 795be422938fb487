package dev.headway.primes;

import dev.headway.core.engine.JobContext;
import dev.headway.core.engine.JobStoppedException;
import dev.headway.core.engine.JobType;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Json;
import dev.headway.core.job.Plan;
import dev.headway.core.topic.Cursor;
import dev.headway.primes.store.PrimeCount;
import dev.headway.primes.store.PrimeCountStore;
import dev.headway.server.Application;
import dev.headway.server.Platform;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.session.JsonSession.HeartbeatRule;
import dev.headway.server.socket.SocketEndpoint;
import dev.headway.server.stream.JobTopics;
import dev.headway.server.stream.TopicKind;
import dev.headway.server.work.WatchLinks;
import dev.headway.server.work.WorkItems;
import dev.headway.server.work.WorkKind;
import dev.headway.server.work.WorkRoutes;
import dev.headway.server.work.WorkSocket;
import dev.headway.server.work.WorkState;
import dev.headway.server.work.WorkTopics;
import dev.headway.store.Database;
import dev.headway.store.Schema;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Counts primes: {@code POST /primes}, watched on {@code /ws/primes/{id}}. */
public final class PrimesApplication implements Application, WorkKind<PrimeCount> {
  /** Its table; to be migrated after {@link Schema#CORE}. */
  public static final Schema SCHEMA = new Schema("primes", "dev/headway/primes/migration");

  private static final String JOB_TYPE = "count-primes";
  private static final int CHUNK = 1_000;

  private final Platform platform;
  private final PrimeCountStore store;
  private final WorkItems<PrimeCount> items;
  private final WorkRoutes<PrimeCount> routes;

  private PrimesApplication(Platform platform, Database database) {
    this.platform = platform;
    this.store = new PrimeCountStore(database);
    this.items = new WorkItems<>(this, platform.jobs(), platform.access(), platform.clock());
    this.routes = new WorkRoutes<>(items, "id");
  }

  /** The installer that adds the application to a server. */
  public static Platform.Installer installer(Database database) {
    return platform -> new PrimesApplication(platform, database);
  }

  /** What is asked for: the body of a request, and the payload of a job. */
  private record Question(int upTo) {}

  /** The answer of a job. */
  private record Answer(int primes) {}

  /** A count as REST shows it. */
  private record View(UUID id, int upTo, String status, String cursor, WatchLinks watch) {}

  @Override
  public List<JobType> jobTypes() {
    return List.of(new JobType(JOB_TYPE, Plan.NONE, 1, PrimesApplication::count));
  }

  private static Json count(JobContext context) {
    var upTo = JsonCodec.read(context.payload(), Question.class).upTo();
    var primes = 0;
    for (var number = 2; number <= upTo; number++) {
      primes += BigInteger.valueOf(number).isProbablePrime(50) ? 1 : 0;
      if (number % CHUNK == 0) {
        context.progress(number, upTo, "%d primes so far".formatted(primes));
        if (context.stopRequested()) {
          throw new JobStoppedException();
        }
      }
    }
    return JsonCodec.json(new Answer(primes));
  }

  @Override
  public Routes routes() {
    return new Routes()
        .on("countPrimes", this::create)
        .on("getPrimes", request -> routes.show(request, PrimesApplication::view))
        .on("deletePrimes", routes::delete);
  }

  private Response create(Request request) {
    var question = JsonCodec.mapper().treeToValue(request.json(), Question.class);
    var owner = request.principal().userId();
    var spec = JobSpec.of(JOB_TYPE, JsonCodec.json(question), owner);
    var submission = platform.jobs().submit(platform.jobs().nextId(), spec, List.of());
    var count = new PrimeCount(submission.job().id(), owner, question.upTo());
    store.add(count);
    return routes.created(request, count, submission, PrimesApplication::view);
  }

  private static View view(WorkState<PrimeCount> state, Cursor cursor, WatchLinks watch) {
    var count = state.item();
    var status = state.job().status().wireName();
    return new View(count.job(), count.upTo(), status, cursor.toString(), watch);
  }

  @Override
  public List<SocketEndpoint> sockets() {
    var rule = new HeartbeatRule(Duration.ofSeconds(30), true);
    return List.of(
        new WorkSocket<>(items, new PrimesDialect(), rule, platform.verifier(), platform.clock()));
  }

  @Override
  public List<TopicKind> topicKinds() {
    return List.of(new WorkTopics<>(items));
  }

  @Override
  public String name() {
    return "primes";
  }

  @Override
  public String openApi() {
    return "/dev/headway/primes/openapi.yaml";
  }

  @Override
  public Optional<PrimeCount> find(String id) {
    return JobTopics.uuid(id).flatMap(store::find);
  }

  @Override
  public Map<String, Object> ids(PrimeCount count) {
    return Map.of("primes_id", count.job().toString());
  }

  @Override
  public String socketPath() {
    return "/ws/primes/{id}";
  }

  @Override
  public String location(PrimeCount count) {
    return "/api/v1/primes/" + count.job();
  }
}
