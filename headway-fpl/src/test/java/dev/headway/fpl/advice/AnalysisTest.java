package dev.headway.fpl.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.fpl.data.StoredSource;
import dev.headway.fpl.plan.HostedPlanSolver;
import dev.headway.solver.ChildLauncher;
import dev.headway.solver.SolverHost;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AnalysisTest {
  private static final SolverHost HOST =
      new SolverHost(ChildLauncher.sameClassPath(), 1, InstantSource.system());

  @AfterAll
  static void closeHost() {
    HOST.close();
  }

  @Test
  void run_sampleTeam_answersTheWholeContract() throws Exception {
    var heard = new Heard();
    var analysis =
        new Analysis(StoredSource.sample(), new HostedPlanSolver(HOST), AnalysisLimits.DEFAULT);

    var decision = analysis.run(AnalysisRequest.ofTeam(1), null, heard).json();
    heard.lines.forEach(System.out::println);
    System.out.println(decision.toPrettyString());
    assertThat(decision.toString().length()).isPositive();
  }

  private static final class Heard implements AnalysisListener {
    final List<String> lines = new ArrayList<>();
    final long t0 = System.nanoTime();

    @Override
    public void phase(Phase phase, String message) {
      lines.add((System.nanoTime() - t0) / 1000000 + " " + phase + " " + message);
    }

    @Override
    public void fraction(double fraction, String message) {
      if (!message.startsWith("Proj")) {
        lines.add((System.nanoTime() - t0) / 1000000 + "   " + fraction + " " + message);
      }
    }

    @Override
    public void partial(JsonNode part) {
      lines.add(part.toString());
    }

    @Override
    public boolean stopRequested() {
      return false;
    }
  }
}
