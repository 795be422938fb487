package dev.headway.fpl.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.fpl.advice.DecisionOutput.PrimaryDecision;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.data.StoredSource;
import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.PlanListener;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanResult;
import dev.headway.fpl.plan.PlanSolver;
import dev.headway.fpl.plan.PlannedWeek;
import dev.headway.fpl.plan.Restriction;
import dev.headway.fpl.plan.search.KeepingSolver;
import dev.headway.fpl.rules.Position;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The plans after the best one. */
class NextPlansTest {
  private final SeasonSnapshot season = StoredSource.sample().snapshot(1, (_, _, _) -> {});

  @Test
  void decide_plansThatBeginOtherwise_areToldBestFirst() {
    var solver = new Searches();
    var analysis = new Analysis(StoredSource.sample(), solver, AnalysisLimits.DEFAULT);

    var decision =
        analysis.decide(AnalysisRequest.ofTeam(1).withHorizon(1), season, AnalysisListener.SILENT);

    var next = decision.nextBestPlans();
    assertThat(next).extracting(NextPlan::behindPts).containsExactly(1.0, 2.0);
    assertThat(next.getFirst().decision()).startsWith("sell ");
    assertThat(next.getFirst().plan().getFirst().bought()).hasSize(1);
    assertThat(decision.reasoning()).contains("is 1.00 points behind");
    // Both have the same line-up as the plan, so other projections leave them behind it.
    assertThat(decision.confidenceScore()).isEqualTo(1);
    assertThat(solver.excluded).containsExactly(1, 2, 3);
  }

  @Test
  void decide_laterSearchFindsABetterPlan_advisesIt() {
    PlanSolver late =
        (request, _) -> {
          int others = (int) request.restrictions().stream().filter(Searches::other).count();
          var kept = new KeepingSolver().solve(Searches.free(request), PlanListener.SILENT);
          return switch (others) {
            case 0 -> unproved(kept, kept.objective() + 5);
            case 1 -> unproved(Searches.worse(request, -1.5, 1), kept.objective() + 4);
            default -> new PlanResult(PlanResult.Status.INFEASIBLE, 0, 0, List.of());
          };
        };
    var analysis = new Analysis(StoredSource.sample(), late, AnalysisLimits.DEFAULT);

    var decision =
        analysis.decide(AnalysisRequest.ofTeam(1).withHorizon(1), season, AnalysisListener.SILENT);

    assertThat(decision.primaryDecision()).isEqualTo(PrimaryDecision.TRANSFER);
    assertThat(decision.solver().bound() - decision.solver().objective()).isEqualTo(3.5);
    assertThat(decision.nextBestPlans()).extracting(NextPlan::behindPts).containsExactly(1.5);
    assertThat(decision.reasoning())
        .contains("The next best, to make no transfer, is 1.50 points behind");
  }

  private static PlanResult unproved(PlanResult plan, double bound) {
    return new PlanResult(PlanResult.Status.FEASIBLE, plan.objective(), bound, plan.weeks());
  }

  /** Finds the squad as it is, then two transfers that are 2 and 1 points worse, then no more. */
  private static final class Searches implements PlanSolver {
    private final List<Integer> excluded = new ArrayList<>();

    @Override
    public PlanResult solve(PlanRequest request, PlanListener listener) {
      int others = (int) request.restrictions().stream().filter(Searches::other).count();
      if (others == 0) {
        return new KeepingSolver().solve(request, listener);
      }
      excluded.add(others);
      return others == 3
          ? new PlanResult(PlanResult.Status.INFEASIBLE, 0, 0, List.of())
          : worse(request, others == 1 ? 2 : 1, others);
    }

    private static boolean other(Restriction restriction) {
      return restriction instanceof Restriction.Other;
    }

    private static PlanRequest free(PlanRequest request) {
      return new PlanRequest(
          request.rules(),
          request.candidates(),
          request.horizon(),
          request.bank(),
          request.freeTransfers(),
          request.chips(),
          request.weights(),
          List.of(),
          request.timeLimit());
    }

    private static PlanResult worse(PlanRequest request, double by, int place) {
      var kept = new KeepingSolver().solve(free(request), PlanListener.SILENT);
      var week = kept.weeks().getFirst();
      var moved =
          new PlannedWeek(
              0,
              week.squad(),
              List.of(keeper(request, false, place)),
              List.of(keeper(request, true, 0)),
              1,
              0,
              0,
              null,
              week.lineUp(),
              week.points());
      double value = kept.objective() - by;
      return new PlanResult(PlanResult.Status.OPTIMAL, value, value, List.of(moved));
    }

    private static int keeper(PlanRequest request, boolean owned, int place) {
      return request.candidates().stream()
          .filter(c -> c.owned() == owned && c.position() == Position.GOALKEEPER)
          .skip(place)
          .map(Candidate::id)
          .findFirst()
          .orElseThrow();
    }
  }
}
