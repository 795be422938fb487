package dev.headway.bench.workload;

import dev.headway.bench.contender.HeadwayRunning;
import dev.headway.bench.load.LoadException;
import dev.headway.bench.workload.Findings.Figure;
import dev.headway.bench.workload.Findings.Row;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;

/** A file of samples that is imported by a watched job; how much memory that takes. */
final class Imports implements Workload {
  private static final int CHARTS = 100;
  private static final long POLL_MILLIS = 100;
  private static final Pattern JOB = Pattern.compile("\"job_id\":\"([^\"]+)\"");

  @Override
  public String name() {
    return "import";
  }

  @Override
  public String description() {
    return "a CSV file of 100,000 and of 1,000,000 rows as a watched job, each on a fresh server";
  }

  @Override
  public Findings run(BenchContext context) {
    var rows = new ArrayList<Row>();
    for (var count : List.of(100_000, 1_000_000)) {
      var label = BenchContext.number(count) + " rows";
      context.say(label);
      try (var server = (HeadwayRunning) context.another().get()) {
        rows.add(new Row(label, run(server, count)));
      } catch (IOException failed) {
        throw new LoadException("The file cannot be sent: " + failed.getMessage(), failed);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new LoadException("Interrupted");
      }
    }
    return new Findings(rows);
  }

  private static List<Figure> run(HeadwayRunning server, int count)
      throws IOException, InterruptedException {
    var charts = Machines.characteristics(server, CHARTS);
    var file = Files.createTempFile("headway-samples", ".csv");
    try {
      write(file, charts, count);
      var before = server.process().usage();
      var began = System.nanoTime();
      var job = upload(server, file);
      var uploaded = System.nanoTime();
      var most = awaitEnd(server, job, count);
      var seconds = (System.nanoTime() - began) / 1e9;
      var used = server.process().usage().since(before);
      return List.of(
          new Figure("file", "MiB", Files.size(file) / 1_048_576.0),
          new Figure("upload", "s", (uploaded - began) / 1e9),
          new Figure("in all", "s", seconds),
          new Figure("rows", "/s", count / seconds),
          new Figure("all CPU", "µs/row", used.cpuSeconds() * 1e6 / count),
          new Figure("memory before", "MiB", before.residentMiB()),
          new Figure("most memory", "MiB", most));
    } finally {
      Files.delete(file);
    }
  }

  private static void write(Path file, List<Long> charts, int count) throws IOException {
    var random = new Random(1);
    var at = Instant.now().minusSeconds(60);
    try (var out = Files.newBufferedWriter(file)) {
      out.write("characteristic_id,timestamp,value\n");
      for (var row = 0; row < count; row++) {
        var value = String.format(Locale.ROOT, "%.4f", 10 + random.nextGaussian());
        out.write(
            charts.get(row % CHARTS) + "," + at.plusNanos(row * 10_000L) + "," + value + "\n");
      }
    }
  }

  private static String upload(HeadwayRunning server, Path file)
      throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var port = server.process().address().getPort();
      var uri = URI.create("http://127.0.0.1:" + port + "/api/v1/samples/import");
      var request =
          HttpRequest.newBuilder(uri)
              .header("Content-Type", "text/csv")
              .POST(BodyPublishers.ofFile(file))
              .build();
      var answer = http.send(request, BodyHandlers.ofString());
      var job = JOB.matcher(answer.body());
      if (answer.statusCode() != 202 || !job.find()) {
        throw new LoadException("The file was not taken: " + answer.body());
      }
      return job.group(1);
    }
  }

  /** Waits for the end of an import; returns the most memory that the server held, in MiB. */
  private static double awaitEnd(HeadwayRunning server, String job, int count)
      throws InterruptedException {
    var most = 0.0;
    while (true) {
      most = Math.max(most, server.process().usage().residentMiB());
      var shown = server.rest().get("/jobs/" + job);
      var imported = shown.path("result_payload").path("imported").asLong(-1);
      if (imported == count) {
        return most;
      }
      if (imported >= 0 || shown.path("status").asString().equals("failed")) {
        throw new LoadException("The import did not take all rows: " + shown);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}
