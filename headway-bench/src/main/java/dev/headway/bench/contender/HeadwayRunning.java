package dev.headway.bench.contender;

import dev.headway.bench.load.Flow;
import dev.headway.bench.load.LoadException;
import dev.headway.bench.load.Publication;
import dev.headway.bench.load.Script;
import dev.headway.client.http.Rest;
import dev.headway.client.http.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A Headway server under test. Its jobs belong to nobody, so that they may be published to without
 * credentials; its watchers show a user's token.
 */
public final class HeadwayRunning implements Running {
  private static final int CALLERS = 8;

  private final Supplier<ServerProcess> start;
  private final Path data;
  private final WatchedContract dialect;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String token;
  private ServerProcess process;
  private Rest rest;
  private final List<Claimed> jobs = new ArrayList<>();
  private final List<Flow> flows = new ArrayList<>();

  /**
   * A job that this program works on.
   *
   * @param id the job
   * @param lease the right to report
   */
  public record Claimed(String id, String lease) {}

  /** Starts it. */
  HeadwayRunning(Supplier<ServerProcess> start, Path data, WatchedContract dialect) {
    this.start = start;
    this.data = data;
    this.dialect = dialect;
    process = start.get();
    rest = rest(null);
    token = signIn();
  }

  /** Kills it as a power failure would, and starts it again with its data, at another port. */
  public void restart() {
    process.close();
    process = start.get();
    rest = rest(null);
  }

  private Rest rest(@Nullable String bearer) {
    var origin = URI.create("http://127.0.0.1:" + process.address().getPort());
    return new Rest(http, origin, new Tokens(() -> bearer), Clock.systemUTC(), _ -> {});
  }

  /** As somebody new, for several servers of one run may share a database. */
  private String signIn() {
    var email = "watcher-" + UUID.randomUUID() + "@example.com";
    var account = "{\"email\":\"%s\",\"password\":\"correct horse\"}".formatted(email);
    rest.post("/api/v1/auth/register", account);
    var login = "{\"username\":\"%s\",\"password\":\"correct horse\"}".formatted(email);
    return rest.post("/api/v1/auth/login", login).path("access_token").asString();
  }

  @Override
  public String name() {
    return "headway";
  }

  @Override
  public ServerProcess process() {
    return process;
  }

  /** Calls the server as an anonymous client. */
  public Rest rest() {
    return rest;
  }

  /**
   * Deletes a job that has ended.
   *
   * @throws LoadException when the server refuses
   */
  public void deleteJob(String id) {
    var uri = rest.uri("/api/v1/jobs/" + id);
    try {
      var answer = http.send(HttpRequest.newBuilder(uri).DELETE().build(), BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new LoadException("The job was not deleted: " + answer.body());
      }
    } catch (IOException failed) {
      throw new LoadException("The server cannot be reached", failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new LoadException("Interrupted");
    }
  }

  /** Its data directory. */
  public Path data() {
    return data;
  }

  /** A user's token. */
  public String token() {
    return token;
  }

  /** Calls the server as the user. */
  public Rest signedInRest() {
    return rest(token);
  }

  /** A script whose handshake shows the user's token. */
  public Script signedIn(Script script) {
    return script.header("Authorization: Bearer " + token);
  }

  @Override
  public List<Flow> flows(int count) {
    jobs(count).stream().skip(flows.size()).map(job -> flow(job, dialect)).forEach(flows::add);
    return List.copyOf(flows.subList(0, count));
  }

  /** A job as a topic in some dialect. */
  public Flow flow(Claimed job, WatchedContract dialect) {
    var watch = signedIn(dialect.watch(job.id()));
    return new Flow(Flow.Source.http(process.address(), report(job)), watch);
  }

  /** A job that is reported to here and watched at another server, or this, of one database. */
  Flow flow(Claimed job, HeadwayRunning watchedAt) {
    var source = new Flow.Source(watchedAt.process.address(), process.address(), report(job), "");
    return new Flow(source, watchedAt.signedIn(WatchedContract.NATIVE.watch(job.id())));
  }

  private static Publication report(Claimed job) {
    var body =
        "{\"lease\":\"%s\",\"done\":%s,\"total\":10000000,\"message\":\"%s%s\"}"
            .formatted(job.lease(), Publication.NUMBER, Script.MARKER, Publication.NUMBER);
    return Publication.post("/jobs/" + job.id() + "/progress", List.of(), body);
  }

  /** The lines of a job's log on the native stream: unlike progress, none is ever passed over. */
  public Flow logFlow(Claimed job) {
    var body =
        "{\"lease\":\"%s\",\"lines\":[\"%s%s\"]}"
            .formatted(job.lease(), Script.MARKER, Publication.NUMBER);
    var line = Publication.post("/api/v1/jobs/" + job.id() + "/logs", List.of(), body);
    return new Flow(
        Flow.Source.http(process.address(), line),
        signedIn(WatchedContract.NATIVE.watch(job.id())));
  }

  /** Jobs that have been started and wait for reports; the same ones whenever asked. */
  public List<Claimed> jobs(int count) {
    var more = count - jobs.size();
    if (more > 0) {
      var submit = "{\"job_type\":\"bench\",\"external\":true}";
      atOnce(more, () -> rest.post("/jobs", submit));
      var claim = "{\"worker_id\":\"bench\",\"job_types\":[\"bench\"],\"lease_seconds\":3600}";
      for (var answer : atOnce(more, () -> rest.post("/jobs/claim", claim))) {
        jobs.add(
            new Claimed(answer.path("job").path("id").asString(), answer.path("lease").asString()));
      }
    }
    return List.copyOf(jobs.subList(0, count));
  }

  /**
   * Does the same thing many times, some of them side by side.
   *
   * @throws LoadException when one of them fails
   */
  public static <T> List<T> atOnce(int times, Callable<T> call) {
    try (var callers = Executors.newFixedThreadPool(CALLERS)) {
      var results = new ArrayList<T>(times);
      var calls = IntStream.range(0, times).mapToObj(_ -> callers.submit(call)).toList();
      for (var each : calls) {
        results.add(each.get());
      }
      return results;
    } catch (ExecutionException failed) {
      throw new LoadException("The server refused: " + failed.getCause(), failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new LoadException("Interrupted");
    }
  }

  @Override
  public void collectGarbage() {
    diagnose("GC.run");
  }

  /** The reachable bytes of its heap, counted by a full collection. */
  public long liveHeapBytes() {
    return diagnose("GC.class_histogram")
        .lines()
        .filter(line -> line.startsWith("Total"))
        .map(line -> line.split(" +", -1))
        .mapToLong(total -> Long.parseLong(total[2]))
        .findFirst()
        .orElseThrow(() -> new LoadException("The program jcmd does not say what the heap holds"));
  }

  private String diagnose(String what) {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var command = List.of(jcmd, Long.toString(process.pid()), what);
    try {
      var running = new ProcessBuilder(command).redirectErrorStream(true).start();
      var said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      running.waitFor();
      return said;
    } catch (IOException failed) {
      throw new LoadException("The program jcmd of the JDK cannot be run", failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new LoadException("Interrupted");
    }
  }

  @Override
  public void close() {
    http.close();
    process.close();
  }
}
