package dev.headway.app;

import dev.headway.cli.bars.BarListener;
import dev.headway.cli.bars.TerminalBars;
import dev.headway.client.HeadwayClient;
import dev.headway.client.http.ClientException;
import dev.headway.client.http.Json;
import dev.headway.client.job.JobRequest;
import dev.headway.client.job.JobStatus;
import dev.headway.client.schedule.Lot;
import dev.headway.client.schedule.ScheduleRequest;
import dev.headway.client.stream.Interest;
import dev.headway.client.stream.Topic;
import dev.headway.client.time.ThreadScheduler;
import dev.headway.client.work.Claim;
import dev.headway.client.work.ClaimedJob;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The demonstration: three jobs and a control chart that take about a minute, started over the
 * network as any client would, without signing in.
 */
final class Demo {
  private static final String LOTS = "/dev/headway/filling/demo-lots.csv";
  private static final String HASH = "demo-hash";
  private static final int BEATS = 60;
  private static final int WEEKS = 8;

  private final HeadwayClient client;
  private final PrintStream out;
  private final RandomGenerator random;
  private final Duration beat;

  /**
   * @param random scatters the samples of the control chart
   * @param beat a sixtieth of the time that the jobs take
   */
  Demo(HeadwayClient client, PrintStream out, RandomGenerator random, Duration beat) {
    this.client = client;
    this.out = out;
    this.random = random;
    this.beat = beat;
  }

  /**
   * Starts everything and watches the jobs to their ends.
   *
   * @return whether all jobs completed
   */
  boolean show() throws IOException, InterruptedException {
    var titles = new LinkedHashMap<Topic, String>();
    titles.put(hashing(), "Hash the Java runtime");
    titles.put(planning(), "Plan eight weeks of filling");
    titles.put(analysing(), "Analyse a fantasy team");
    Thread.ofVirtual().name("demo-worker").start(this::work);
    Thread.ofVirtual().name("demo-gauge").start(this::measure);
    out.printf(
        "%nOpen %s in a browser: these jobs and a control chart are live there, without an"
            + " account.%n%n",
        client.rest().uri(""));
    return watch(titles);
  }

  private Topic hashing() {
    var request = JobRequest.external(HASH).payload(Map.of("title", "Hash the Java runtime"));
    return Topic.job(client.submit(request).work().id());
  }

  private Topic planning() throws IOException {
    var limit = Math.max(1, beat.multipliedBy(BEATS).toSeconds());
    var request = new ScheduleRequest("Demo", "best", Map.of("time_limit_seconds", limit), null);
    return Topic.schedule(client.submitSchedule(lots(), request).work().id());
  }

  /** The lots that ship with the product, again for every week: enough to think for a minute. */
  private static List<Lot> lots() throws IOException {
    try (var file = Objects.requireNonNull(Demo.class.getResourceAsStream(LOTS));
        var reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      var rows = reader.lines().skip(1).map(line -> line.split(",", -1)).toList();
      return IntStream.rangeClosed(1, WEEKS)
          .boxed()
          .flatMap(week ->
              rows.stream()
                  .map(row -> new Lot(row[0] + "-W" + week, row[1], Long.parseLong(row[2]))))
          .toList();
    }
  }

  private Topic analysing() {
    var answer =
        client.rest().post("/api/v1/analyze", Json.object().put("team_id", 1).put("horizon", 5));
    return Topic.parse(answer.path("watch").path("stream").asString());
  }

  private void work() {
    try {
      client.work(Claim.from("default").types(HASH), this::hash);
    } catch (ClientException _) {
      // Its end, or the server's, is on the screen.
    }
  }

  private Object hash(ClaimedJob job)
      throws IOException, InterruptedException, NoSuchAlgorithmException {
    var file = Path.of(System.getProperty("java.home"), "lib", "modules");
    var size = Files.size(file);
    var digest = MessageDigest.getInstance("SHA-256");
    try (var bytes = Files.newInputStream(file)) {
      var portion = (int) (size / BEATS + 1);
      var done = 0L;
      for (var part = bytes.readNBytes(portion);
          part.length > 0;
          part = bytes.readNBytes(portion)) {
        job.throwIfCancelled();
        digest.update(part);
        done += part.length;
        job.progress(done, size, "%d of %d MB".formatted(done >> 20, size >> 20));
        Thread.sleep(beat);
      }
    }
    return Map.of("file", file.toString(), "sha256", HexFormat.of().formatHex(digest.digest()));
  }

  /** Samples around 10 that drift out of control in the last quarter of the time. */
  private void measure() {
    try {
      var id = chart();
      for (var i = 0; i < BEATS; i++) {
        var drift = Math.max(0, i - 0.75 * BEATS) * 0.3;
        var sample = Json.object().put("characteristic_id", id);
        sample.putArray("measurements").add(random.nextGaussian(10 + drift, 0.8));
        client.rest().post("/api/v1/samples", sample);
        Thread.sleep(beat);
      }
    } catch (InterruptedException | ClientException _) {
      // The chart shows what has come until then.
    }
  }

  private long chart() {
    var name = "Demo bore %d".formatted(random.nextInt(1_000, 10_000));
    var wanted = Json.object().put("name", name).put("subgroup_size", 1);
    var created =
        client.rest().post("/api/v1/characteristics", wanted.put("usl", 14).put("lsl", 6));
    var id = created.path("id").asLong();
    var limits = Json.object().put("lcl", 7.6).put("center_line", 10).put("ucl", 12.4);
    client.rest().put("/api/v1/characteristics/%d/limits".formatted(id), limits);
    return id;
  }

  private boolean watch(Map<Topic, String> titles) throws InterruptedException {
    try (var scheduler = new ThreadScheduler();
        var bars = TerminalBars.open(out, System.getenv(), InstantSource.system(), scheduler)) {
      var listener =
          new BarListener(bars, titles.keySet(), topic -> titles.getOrDefault(topic, ""));
      var interests = titles.keySet().stream().map(Interest::in).toList();
      try (var _ = client.watch(interests, listener)) {
        var ended = listener.allEnded().get();
        return ended.values().stream().allMatch(state -> state.status() == JobStatus.COMPLETED);
      } catch (ExecutionException failed) {
        throw new IllegalStateException(failed.getCause());
      }
    }
  }
}
