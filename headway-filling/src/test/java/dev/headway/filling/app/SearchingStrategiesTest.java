package dev.headway.filling.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.filling.Checks;
import dev.headway.filling.Planners;
import dev.headway.filling.app.FillingServer.Setup;
import dev.headway.filling.exact.ExactPlanner;
import dev.headway.filling.strategy.PlanningListener;
import dev.headway.filling.strategy.Strategy;
import dev.headway.solver.ChildLauncher;
import dev.headway.solver.SolverHost;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The strategies that search and prove, through the server. */
final class SearchingStrategiesTest {
  @TempDir Path directory;

  private Setup setup(SolverHost host) {
    var all = Planners.all(host, Clock.systemUTC());
    var setup = Setup.in(directory);
    return new Setup(setup.database(), setup.server(), all, setup.heartbeat());
  }

  private static SolverHost host(ChildLauncher launcher) {
    return new SolverHost(launcher, 1, Clock.systemUTC());
  }

  /** The demo's lots, with a time limit that the tests can wait for. */
  private static byte[] demoLots() throws Exception {
    var resource = "/dev/headway/filling/demo-lots.csv";
    try (var in =
        Objects.requireNonNull(SearchingStrategiesTest.class.getResourceAsStream(resource))) {
      return in.readAllBytes();
    }
  }

  @Test
  void compare_exactAndBestAndGiven_provesHowGoodTheyAre() throws Exception {
    try (var host = host(ChildLauncher.sameClassPath());
        var server = new FillingServer(setup(host))) {
      var token = server.signIn("ada@example.org");
      var answer =
          server.upload(
              "/api/v1/compare",
              token,
              demoLots(),
              "strategies",
              "optimal,best,given",
              "config",
              "{\"time_limit_seconds\": 5}");
      assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
      var id = answer.json().path("id").asLong();
      var result = server.awaitEnd("comparison", id, token).path("result");
      var makespans =
          result.path("strategies").values().stream()
              .collect(
                  Collectors.toMap(
                      row -> row.path("strategy").asString(),
                      row -> row.path("makespan").asDouble()));
      assertThat(makespans.get("milp-opt"))
          .isLessThanOrEqualTo(makespans.get("best"))
          .isLessThan(makespans.get("given"));
      var shown = server.get("/api/v1/compare/" + id, token).json();
      var exact = shown.path("results").path(0);
      assertThat(exact.path("kpis_json").path("vs_given").path("makespan_hours").asDouble())
          .isNegative();
      assertThat(exact.path("gap").asDouble()).isBetween(0.0, 0.05);
    }
  }

  /** One type on two lines: at best 3 + 3 against 3 + 1 + 1, which no bound by counting proves. */
  private static final byte[] THREE_LONG_TWO_SHORT =
      """
      Lot ID,Type,Vials
      L1,alpha,300000
      L2,alpha,300000
      L3,alpha,300000
      S1,alpha,100000
      S2,alpha,100000
      """
          .getBytes(UTF_8);

  /** The result of comparing milp-opt with smart-pack on lots that only the solver can prove. */
  private JsonNode compared(Setup setup) throws Exception {
    try (var server = new FillingServer(setup)) {
      var token = server.signIn("ada@example.org");
      var answer =
          server.upload(
              "/api/v1/compare",
              token,
              THREE_LONG_TWO_SHORT,
              "strategies",
              "milp-opt,smart",
              "config", // the strategy ends long before
              "{\"lines\":2, \"time_limit_seconds\": 900}");
      var id = answer.json().path("id").asLong();
      return server.awaitEnd("comparison", id, token).path("result");
    }
  }

  @Test
  void compare_noNativeLibrary_isARowWithItsErrorAndLeavesTheOthers() throws Exception {
    try (var host = host(Checks.withoutNativeLibrary())) {
      var result = compared(setup(host));
      var exact = result.path("strategies").path(0);
      assertThat(exact.path("status").asString()).isEqualTo("failed");
      assertThat(exact.path("error").asString())
          .startsWith("milp-opt cannot run here: ")
          .contains("no native library");
      assertThat(result.path("best_strategy").asString()).isEqualTo("smart-pack");
      assertThat(result.path("strategies").path(1).path("status").asString())
          .isEqualTo("completed");
    }
  }

  @Test
  void compare_solverDies_keepsTheBestWithoutItAndSaysSo() throws Exception {
    try (var host = host(ChildLauncher.sameClassPath().withClassPath("nowhere.jar"))) {
      var planner = new ExactPlanner(host, Clock.systemUTC());
      var setup =
          setup(host)
              .with(
                  Strategy.MILP_OPT,
                  (problem, listener) -> planner.plan(problem, new UntilNoted(listener)));
      var result = compared(setup);
      var exact = result.path("strategies").path(0);
      var other = result.path("strategies").path(1);
      assertThat(exact.path("status").asString()).isEqualTo("completed");
      assertThat(exact.path("note").asString()).contains("was lost");
      assertThat(exact.path("makespan").asDouble())
          .isLessThanOrEqualTo(other.path("makespan").asDouble());
      assertThat(other.has("note")).isFalse();
    }
  }

  /** Passes everything on, and ends the planning once there is a note. */
  private static final class UntilNoted implements PlanningListener {
    private final PlanningListener outer;
    private volatile boolean noted;

    UntilNoted(PlanningListener outer) {
      this.outer = outer;
    }

    @Override
    public void placed(int done, int total) {
      outer.placed(done, total);
    }

    @Override
    public void improved(long makespan, long lowerBound) {
      outer.improved(makespan, lowerBound);
    }

    @Override
    public void noted(String text) {
      outer.noted(text);
      noted = true;
    }

    @Override
    public boolean cancelled() {
      return noted || outer.cancelled();
    }
  }
}
