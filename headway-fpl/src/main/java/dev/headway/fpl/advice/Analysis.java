package dev.headway.fpl.advice;

import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.advice.DecisionOutput.HorizonWeek;
import dev.headway.fpl.advice.DecisionOutput.Known;
import dev.headway.fpl.advice.DecisionOutput.RiskScenario;
import dev.headway.fpl.advice.DecisionOutput.SolverReport;
import dev.headway.fpl.chip.ChipWorth;
import dev.headway.fpl.data.Player;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.data.SnapshotSource;
import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanResult;
import dev.headway.fpl.plan.PlanSolver;
import dev.headway.fpl.plan.PlannedWeek;
import dev.headway.fpl.plan.Restriction;
import dev.headway.fpl.projection.Projections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Analyses a team: fetches its documents, projects the players, searches the plan and explains it.
 * Safe for use by any thread; each run is on the caller's.
 */
public final class Analysis {
  /* Longer than any document is used without asking for it again. */
  private static final Duration LONG_UNCONFIRMED = Duration.ofMinutes(10);

  /** Share of the phase that the plan itself takes; the rest is the next best plan's. */
  private static final double PLAN_SHARE = 0.7;

  private final SnapshotSource source;
  private final PlanSolver solver;
  private final AnalysisLimits limits;

  /** An analysis of teams from a source. */
  public Analysis(SnapshotSource source, PlanSolver solver, AnalysisLimits limits) {
    this.source = source;
    this.solver = solver;
    this.limits = limits;
  }

  /**
   * Collects what the season's documents say.
   *
   * @throws HeadwayException when the team is not known or the documents cannot be had or trusted
   * @throws InterruptedException when the thread is interrupted
   */
  public SeasonSnapshot collect(AnalysisRequest request, AnalysisListener listener)
      throws InterruptedException {
    listener.phase(Phase.COLLECTING_DATA, "Collecting the %s data".formatted(source.kind().key()));
    return source.snapshot(
        request.teamId(),
        (done, total, document) -> listener.fraction((double) done / total, "Fetched " + document));
  }

  /**
   * Decides what to do.
   *
   * @throws HeadwayException when the request does not fit the season, with every reason; or when
   *     the listener stopped it ({@code CANCELLED})
   */
  public DecisionOutput decide(
      AnalysisRequest request, SeasonSnapshot season, AnalysisListener listener) {
    checkpoint(listener);
    listener.phase(Phase.ANALYZING_SQUAD, "Projecting the players");
    var basis = AnalysisBasis.of(season, request);
    var candidates = candidates(season, basis, listener);
    var roster = new PlayerDirectory(season.bootstrap(), basis.projections(), candidates);
    var worth = worth(season, basis);
    var teams = new OtherTeams(season.bootstrap(), request.posture());
    var question = plan(request, basis, weighed(candidates, teams), worth);
    var found = search(basis.position(), roster, question, listener);
    var outcome = new SearchOutcome(basis.position(), roster, question, found, worth, teams);
    var risks = risks(outcome, listener);
    listener.phase(Phase.FORMATTING_RESULTS, "Writing the recommendation");
    return decision(outcome, risks, season, basis.projections());
  }

  /**
   * The search that {@link #decide} begins with.
   *
   * @throws HeadwayException when the request does not fit the season, with every reason
   */
  public PlanQuestion question(AnalysisRequest request, SeasonSnapshot season) {
    var basis = AnalysisBasis.of(season, request);
    var market = PlanRequests.market(season, basis.position());
    var candidates =
        market.stream()
            .map(player -> PlanRequests.candidate(player, basis.position(), basis.projections()))
            .toList();
    var names = market.stream().collect(Collectors.toMap(Player::id, Player::webName));
    var teams = new OtherTeams(season.bootstrap(), request.posture());
    var weighed = weighed(candidates, teams);
    return new PlanQuestion(plan(request, basis, weighed, worth(season, basis)), names);
  }

  /**
   * The players that a plan of the request can have.
   *
   * @throws HeadwayException when the request does not fit the season, whatever its constraints
   */
  public PlayerMarket players(AnalysisRequest request, SeasonSnapshot season) {
    return PlayerMarket.of(season, AnalysisBasis.of(season, request.unconstrained()));
  }

  private static List<Candidate> weighed(List<Candidate> candidates, OtherTeams teams) {
    return candidates.stream().map(teams::weighed).toList();
  }

  private static ChipWorth worth(SeasonSnapshot season, AnalysisBasis basis) {
    return ChipWorth.of(PlanRequests.rest(season, basis));
  }

  private PlanRequest plan(
      AnalysisRequest request, AnalysisBasis basis, List<Candidate> candidates, ChipWorth worth) {
    var weights = request.posture().weights();
    return PlanRequests.of(basis.position(), candidates, weights, limits.plan())
        .withChips(PlanRequests.chips(basis.position(), worth, weights))
        .restricted(basis.demands(), limits.plan());
  }

  private static List<Candidate> candidates(
      SeasonSnapshot season, AnalysisBasis basis, AnalysisListener listener) {
    var market = PlanRequests.market(season, basis.position());
    var candidates = new ArrayList<Candidate>();
    for (var player : market) {
      candidates.add(PlanRequests.candidate(player, basis.position(), basis.projections()));
      listener.fraction(
          (double) candidates.size() / market.size(),
          "Projected %d of %d players".formatted(candidates.size(), market.size()));
    }
    return candidates;
  }

  /* The best plan, and those that begin otherwise. */
  private List<PlanResult> search(
      StartingPosition position,
      PlayerDirectory roster,
      PlanRequest question,
      AnalysisListener listener) {
    listener.phase(Phase.OPTIMIZING_TRANSFERS, "Searching the best plan");
    var best = solver.solve(question, follower(listener, position, roster));
    checkpoint(listener);
    if (best.status() == PlanResult.Status.INFEASIBLE) {
      throw HeadwayException.invalid(List.of(impossible(question)));
    }
    if (best.weeks().isEmpty()) {
      throw new HeadwayException(
          ErrorCode.TIMEOUT_ERROR,
          "No plan was found within %s; choose a shorter horizon".formatted(limits.plan()));
    }
    var found = new ArrayList<PlanResult>();
    found.add(best);
    found.addAll(alternatives(question, best, listener));
    var plans = bestFirst(found);
    plans.addAll(withoutMoves(question, plans, listener));
    return bestFirst(plans).stream()
        .map(plan -> plan.withWeeks(roster.inPoints(plan.weeks())))
        .toList();
  }

  /*
   * A search that ran out of time may miss a plan that a later one finds: the best of all is advised.
   * The first search alone was free to choose every plan, so its bound is that of the best.
   */
  private static List<PlanResult> bestFirst(List<PlanResult> plans) {
    var ordered = new ArrayList<>(plans);
    var first = plans.getFirst();
    var best = Collections.max(plans, Comparator.comparingDouble(PlanResult::objective));
    if (first.status() != PlanResult.Status.OPTIMAL && best.objective() > first.objective()) {
      ordered.remove(best);
      double bound = Math.max(first.bound(), best.objective());
      ordered.addFirst(
          new PlanResult(PlanResult.Status.FEASIBLE, best.objective(), bound, best.weeks()));
    }
    return ordered;
  }

  /* Each begins otherwise than the plan and all before it; those after the first are searched briefly. */
  private List<PlanResult> alternatives(
      PlanRequest question, PlanResult best, AnalysisListener listener) {
    var others = new ArrayList<Restriction>();
    var found = new ArrayList<PlanResult>();
    others.add(otherThan(best.weeks().getFirst()));
    while (found.size() < NextPlan.MOST) {
      var limit = found.isEmpty() ? limits.alternative() : limits.scenario();
      double from = PLAN_SHARE + (1 - PLAN_SHARE) * found.size() / NextPlan.MOST;
      var next =
          solver.solve(
              question.restricted(others, limit),
              SearchFollower.within(listener, from, from + (1 - PLAN_SHARE) / NextPlan.MOST));
      checkpoint(listener);
      if (next.weeks().isEmpty()) {
        break;
      }
      found.add(next);
      var first = next.weeks().getFirst();
      others.add(new Restriction.Other(new HashSet<>(first.bought()), first.chip()));
    }
    return found;
  }

  /* Where every plan so far begins with a move, one that does without it. */
  private List<PlanResult> withoutMoves(
      PlanRequest question, List<PlanResult> plans, AnalysisListener listener) {
    var bought = plans.getFirst().weeks().getFirst().bought();
    var found = new ArrayList<PlanResult>();
    for (int player : bought.size() > NextPlan.MOST ? List.<Integer>of() : bought) {
      if (plans.stream().allMatch(plan -> plan.weeks().getFirst().bought().contains(player))) {
        var without = List.<Restriction>of(new Restriction.NotOwned(player, 0, 0));
        var plan =
            solver.solve(
                question.restricted(without, limits.scenario()), SearchFollower.silent(listener));
        checkpoint(listener);
        if (!plan.weeks().isEmpty()) {
          found.add(plan);
        }
      }
    }
    return found;
  }

  private static Restriction otherThan(PlannedWeek first) {
    var chip = first.chip();
    return chip == null
        ? new Restriction.Other(new HashSet<>(first.bought()), null)
        : new Restriction.NotPlayed(chip, 0);
  }

  /* Each better plan is shown as soon as it is found. */
  private static SearchFollower follower(
      AnalysisListener listener, StartingPosition position, PlayerDirectory roster) {
    return SearchFollower.showing(
        listener,
        PLAN_SHARE,
        weeks ->
            listener.partial(
                DecisionOutput.json(
                    new Known(PlanWeek.of(roster.inPoints(weeks), position), null))));
  }

  private static Defect impossible(PlanRequest question) {
    return question.restrictions().isEmpty()
        ? Defect.ofField("squad", "No legal squad can follow from this one")
        : Defect.ofField(
            "constraints",
            "No legal plan obeys all constraints: money, quotas and clubs leave none. Take one back");
  }

  private List<RiskScenario> risks(SearchOutcome outcome, AnalysisListener listener) {
    var lineUp = new LineUpAdvice(outcome);
    listener.phase(
        Phase.CHOOSING_CAPTAIN, "Captain: " + outcome.roster().name(lineUp.lineUp().captain()));
    listener.partial(DecisionOutput.json(new Known(plan(outcome), lineUp.captaincy())));
    var advice = new RiskAdvice(outcome, lineUp.lineUp(), solver, limits.scenario());
    var risks = new ArrayList<>(advice.nextBest());
    var follower = SearchFollower.silent(listener);
    double whole = advice.whole(follower);
    int asked = 0;
    for (int starter : advice.starters()) {
      risks.add(advice.absence(starter, whole, follower));
      checkpoint(listener);
      asked++;
      listener.fraction(
          (double) asked / advice.starters().size(),
          "Asked what the absence of %s costs".formatted(outcome.roster().name(starter)));
    }
    return risks;
  }

  private static DecisionOutput decision(
      SearchOutcome outcome,
      List<RiskScenario> risks,
      SeasonSnapshot season,
      Projections projections) {
    var wording = DecisionText.of(outcome);
    var lineUp = new LineUpAdvice(outcome);
    var confidence = outcome.confidence();
    return new DecisionOutput(
        wording.primary(),
        wording.reasoning(),
        Rounding.points(confidence.score()),
        confidence.label(),
        new TransferAdvice(outcome).recommendations(),
        lineUp.captaincy(),
        new ChipAdvice(outcome).guidance(),
        lineUp.xi(),
        risks,
        horizon(outcome),
        plan(outcome),
        NextPlan.of(outcome),
        outcome.teams().risk(outcome.now(), outcome.roster()),
        report(outcome.best()),
        season.source().key(),
        projections.origin(),
        assumptions(outcome, season));
  }

  private static List<String> assumptions(SearchOutcome outcome, SeasonSnapshot season) {
    var assumptions = new ArrayList<>(outcome.position().assumptions());
    if (season.played().isEmpty()
        && season.bootstrap().current().filter(gw -> gw.id() > 1).isPresent()) {
      assumptions.add(
          "Who played how much in which match is not known; the season's minutes stand for it");
    }
    if (outcome.teams().missing()) {
      assumptions.add(
          "How many teams have a player is not known, so risk_posture does not count it");
    }
    var age = Duration.between(season.confirmedAt(), season.now());
    if (age.compareTo(LONG_UNCONFIRMED) > 0) {
      assumptions.add(
          "The game's API is away; its documents of %d minutes ago are used"
              .formatted(age.toMinutes()));
    }
    return assumptions;
  }

  private static List<PlanWeek> plan(SearchOutcome outcome) {
    return PlanWeek.of(outcome.best().weeks(), outcome.position());
  }

  private static List<HorizonWeek> horizon(SearchOutcome outcome) {
    var transfers = new TransferAdvice(outcome);
    return outcome.best().weeks().stream()
        .map(week -> {
          var chip = week.chip();
          return new HorizonWeek(
              outcome.position().gameweekOf(week.week()),
              Rounding.points(week.points()),
              transfers.transfers(week),
              chip == null ? null : chip.key());
        })
        .toList();
  }

  private static SolverReport report(PlanResult best) {
    return new SolverReport(best.objective(), best.bound(), best.gap(), best.status().name());
  }

  private static void checkpoint(AnalysisListener listener) {
    if (listener.stopRequested()) {
      throw new HeadwayException(ErrorCode.CANCELLED, "Analysis cancelled");
    }
  }
}
