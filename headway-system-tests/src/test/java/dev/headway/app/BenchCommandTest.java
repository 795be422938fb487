package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.bench.Bench;
import dev.headway.client.http.Json;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The bench on a real server, very shortly: whether it works, not how fast. */
@Execution(ExecutionMode.CONCURRENT) // each waits for processes of its own
final class BenchCommandTest {
  private static CommandRun bench(String... arguments) {
    return CommandRun.of(Bench.commandLine(System.getProperty("java.class.path")), arguments);
  }

  @Test
  void bench_fanOut_countsEveryMessageInATableAndInJson(@TempDir Path folder) throws Exception {
    var file = folder.resolve("bench.json");
    var run =
        bench(
            "fanout",
            "--watchers",
            "20",
            "--in-flight",
            "2",
            "--seconds",
            "1",
            "--warm-seconds",
            "0.1",
            "--json",
            file.toString());
    assertThat(run.err()).noneMatch(line -> line.startsWith("headway: "));
    assertThat(run.exitCode()).as("the exit code of %s", run).isZero();
    assertThat(run.out()).anyMatch(line -> line.startsWith("| 20 watchers, 2 in flight | headway"));
    var figures =
        Json.parse(Files.readString(file))
            .path("runs")
            .path(0)
            .path("report")
            .path("rows")
            .path(0)
            .path("figures");
    assertThat(figures)
        .anyMatch(figure ->
            figure.path("name").asString().equals("deliveries")
                && figure.path("value").asDouble() > 0)
        .anyMatch(figure ->
            figure.path("name").asString().equals("faults")
                && figure.path("value").asDouble() == 0);
  }

  @Test
  void bench_samples_countsEveryFrame(@TempDir Path folder) throws Exception {
    var file = folder.resolve("bench.json");
    var run =
        bench(
            "samples",
            "--watchers",
            "4",
            "--seconds",
            "0.5",
            "--warm-seconds",
            "0.1",
            "--json",
            file.toString());
    assertThat(run.err()).noneMatch(line -> line.startsWith("headway: "));
    assertThat(run.exitCode()).as("the exit code of %s", run).isZero();
    assertThat(run.out()).anyMatch(line -> line.startsWith("| 4 watchers | headway"));
    assertThat(Files.readString(file))
        .contains("{\"name\":\"faults\",\"unit\":\"\",\"value\":0.0}");
  }

  @Test
  void bench_report_losesNothingWhenTheServerIsKilled(@TempDir Path folder) throws Exception {
    var file = folder.resolve("bench.json");
    var run =
        bench(
            "report",
            "--watchers",
            "20",
            "--seconds",
            "0.5",
            "--warm-seconds",
            "0.1",
            "--json",
            file.toString());
    assertThat(run.err()).noneMatch(line -> line.startsWith("headway: "));
    assertThat(run.exitCode()).as("the exit code of %s", run).isZero();
    var row = Json.parse(Files.readString(file)).at("/runs/0/report/rows/0");
    assertThat(row.path("label").asString()).isEqualTo("20 jobs");
    // How many reports come within the time is the machine's pace; that all were taken says "lost".
    assertThat(row.path("figures"))
        .anyMatch(figure -> figure.path("name").asString().equals("reports"))
        .anyMatch(figure ->
            figure.path("name").asString().equals("ends") && figure.path("value").asDouble() > 0)
        .anyMatch(figure ->
            figure.path("name").asString().equals("lost") && figure.path("value").asDouble() == 0);
  }

  @Test
  void bench_soak_leavesEveryGaugeWhereItBegan() {
    var run = bench("soak", "--seconds", "5");
    assertThat(run.err()).noneMatch(line -> line.startsWith("headway: "));
    assertThat(run.exitCode()).as("the exit code of %s", run).isZero();
    assertThat(run.out()).anyMatch(line -> line.contains("rounds of 20 jobs"));
  }

  @Test
  void bench_nodes_measuresServersOnOneDatabase() throws Exception {
    try (var postgres =
        EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start()) {
      var database =
          "postgresql://postgres:postgres@127.0.0.1:%d/postgres".formatted(postgres.getPort());
      var run =
          bench(
              "nodes",
              "--database",
              database,
              "--nodes",
              "2",
              "--buses",
              "none",
              "--watchers",
              "4",
              "--seconds",
              "0.5",
              "--warm-seconds",
              "0.1");
      assertThat(run.err()).noneMatch(line -> line.startsWith("headway: "));
      assertThat(run.exitCode()).as("the exit code of %s", run).isZero();
      assertThat(run.out())
          .anyMatch(line -> line.startsWith("| 2 servers, bus none, 100 reports/s to 4 watchers"))
          .anyMatch(line -> line.startsWith("| 2 servers, bus none, 4 watchers come back"));
    }
  }

  @Test
  void bench_unknownWorkload_namesTheKnownOnes() {
    var run = bench("fanuot");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).anyMatch(line -> line.contains("fanuot") && line.contains("fanout"));
  }

  @Test
  void bench_nodesWithoutADatabase_saysWhatIsMissing() {
    var run = bench("nodes");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(String.join("\n", run.err())).contains("--database postgresql://");
  }
}
