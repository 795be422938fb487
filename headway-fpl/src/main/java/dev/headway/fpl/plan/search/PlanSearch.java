package dev.headway.fpl.plan.search;

import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverParameters;
import com.google.ortools.linearsolver.MPSolverParameters.DoubleParam;
import com.google.ortools.linearsolver.MPSolverParameters.IntegerParam;
import com.google.ortools.linearsolver.MPSolverParameters.LpAlgorithmValues;
import com.google.ortools.linearsolver.MPSolverParameters.PresolveValues;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.ChipOption;
import dev.headway.fpl.plan.PlanProgress;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanResult;
import dev.headway.fpl.plan.PlannedWeek;
import dev.headway.fpl.plan.Restriction;
import dev.headway.fpl.plan.model.Engine;
import dev.headway.fpl.plan.model.PlanModel;
import dev.headway.fpl.plan.model.Schedule;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.Position;
import dev.headway.solver.OrTools;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One exact search: best first over the branches (wildcard weeks, transfers of the first week),
 * each bounded by its linear relaxation and, where the bound leaves room, solved as an integer
 * program that is asked only for something better than the incumbent. Branching here rather than in
 * the engine pays because a fractional wildcard makes the engine's own relaxation useless, and
 * because the relaxations are cheap: each begins where the one before it ended.
 *
 * <p>{@link #run()} is for one thread, once; {@link #stop()} and {@link #tell()} for any.
 */
final class PlanSearch {
  /** Differences below this are rounding. */
  static final double TOLERANCE = 1e-5;

  private static final Comparator<Branch> MOST_PROMISING =
      Comparator.comparingDouble(Branch::bound).reversed();

  /** New players in the small program that finds a first good plan. */
  private static final int CORE = 25;

  /** The same where there is no squad yet. */
  private static final int FRESH_CORE = 60;

  /** A first plan need not be the best of its small program. */
  private static final double CORE_GAP = 4e-3;

  /** Newcomers of each position, by points and by points for the price, in the very first one. */
  private static final int FIRST_NEWCOMERS = 3;

  /** The same where there is no squad yet. */
  private static final int FIRST_OF_ALL = 8;

  private static final double FIRST_GAP = 1e-2;

  private static final double PROOF_GAP = 1e-7;

  /** The engine's restarts cost more than they find here. */
  private static final String FINDING = "presolving/maxrestarts = 0\n";

  /** Beside an incumbent, large neighbourhoods find nothing more: a sixth of the time saved. */
  private static final String PROVING =
      FINDING
          + "heuristics/alns/freq = -1\nheuristics/rens/freq = -1\nheuristics/rins/freq = -1\n"
          + "heuristics/crossover/freq = -1\nheuristics/feaspump/freq = -1\n"
          + "heuristics/farkasdiving/freq = -1\nheuristics/gins/freq = -1\n";

  private final PlanRequest request;
  private final Consumer<PlanProgress> listener;
  private final SearchClock watch;
  private final List<Branch> open = new ArrayList<>();
  private FreeHits freeHits = FreeHits.NONE;
  private Incumbent incumbent = Incumbent.NONE;
  private double unsettled; // what is in none of the open branches cannot exceed this
  private int done;
  private volatile PlanProgress told;

  PlanSearch(PlanRequest request, Consumer<PlanProgress> listener, InstantSource clock) {
    this.request =
        Dominance.appliesTo(request) ? request.withCandidates(Dominance.prune(request)) : request;
    this.listener = listener;
    this.watch = new SearchClock(clock, request.timeLimit());
    this.unsettled = Ceiling.of(this.request);
    this.told = new PlanProgress(0, unsettled, 0, 0, 0, List.of());
    OrTools.load();
  }

  /** Ends the search soon, with what it has. */
  void stop() {
    watch.stop();
  }

  /** Ends the search if its time is up; to be called now and then while it runs. */
  void expire() {
    watch.expire();
  }

  /** Tells the listener again where the search is; the engine itself says nothing for long. */
  void tell() {
    if (incumbentTold()) {
      listener.accept(told.later(watch.used()));
    }
  }

  private boolean incumbentTold() {
    return told.branches() > 0;
  }

  /** Searches until the optimum is proved, the time is up or somebody stops it. */
  PlanResult run() {
    incumbent = KeptSquad.of(request).orElse(Incumbent.NONE);
    report();
    if (request.demands(Chip.FREE_HIT)) {
      freeHits = FreeHits.hoped(request, watch); // which the first plan has to have
    }
    findFirst();
    if (freeHits.equals(FreeHits.NONE)) {
      freeHits = FreeHits.hoped(request, watch);
    }
    try (var relaxed = new PlanModel(request, freeHits.values(), Engine.GLOP)) {
      if (relaxAll(relaxed)) {
        searchCores(relaxed);
        settleAll(relaxed);
      }
    }
    return result();
  }

  private boolean relaxAll(PlanModel relaxed) {
    double ceiling = unsettled;
    unsettled = Double.NEGATIVE_INFINITY;
    for (var weeks : Wildcards.choices(request)) {
      relax(relaxed, new Branch(weeks, fewest(), most(), ceiling, Relaxation.NONE));
    }
    report();
    return !watch.over();
  }

  /* Without chips first: that is quick, and shows which of them may be worth their while. */
  private void searchCores(PlanModel relaxed) {
    for (var branch : open.stream().sorted(MOST_PROMISING).toList()) {
      if (!watch.over() && worthwhile(branch)) {
        searchCore(branch, fewestChips());
        report();
      }
    }
    for (var branch : open.stream().sorted(MOST_PROMISING).toList()) {
      if (!watch.over() && worthwhile(branch)) {
        var chips = promising(relaxed, branch);
        if (!chips.equals(fewestChips())) {
          searchCore(branch, chips);
          report();
        }
      }
    }
  }

  private List<ChipOption> fewestChips() {
    return request.chips().stream().filter(this::always).toList();
  }

  private boolean always(ChipOption option) {
    return option.wildcard() || request.demands(option.chip());
  }

  /* The chips with which a plan of the branch may beat the incumbent. */
  private List<ChipOption> promising(PlanModel relaxed, Branch branch) {
    relaxed.fixWildcards(branch.wildcards());
    relaxed.limitFirstTransfers(branch.fewest(), branch.most());
    return request.chips().stream()
        .filter(option -> always(option) || promising(relaxed, option))
        .toList();
  }

  private boolean promising(PlanModel relaxed, ChipOption option) {
    relaxed.demand(option, true);
    var status = watch.solve(relaxed, fromTheLastBasis());
    double value = status == MPSolver.ResultStatus.OPTIMAL ? relaxed.value() : 0;
    relaxed.demand(option, false);
    return switch (status) {
      case OPTIMAL -> value > incumbent.value();
      case INFEASIBLE -> false;
      case FEASIBLE, UNBOUNDED, ABNORMAL, NOT_SOLVED, MODEL_INVALID -> true;
    };
  }

  private void settleAll(PlanModel relaxed) {
    for (var branch = next(); branch.isPresent() && !watch.over(); branch = next()) {
      open.remove(branch.get());
      settle(relaxed, branch.get());
      report();
    }
  }

  /* First where the incumbent is: the better it becomes, the less there is to prove elsewhere. */
  private Optional<Branch> next() {
    var home = wildcards(incumbent.weeks());
    return open.stream()
        .filter(this::worthwhile)
        .min(
            Comparator.<Branch>comparingInt(branch -> branch.wildcards().equals(home) ? 0 : 1)
                .thenComparing(MOST_PROMISING));
  }

  private static List<Integer> wildcards(List<PlannedWeek> weeks) {
    return weeks.stream()
        .filter(week -> week.chip() == Chip.WILDCARD)
        .map(PlannedWeek::week)
        .toList();
  }

  private void settle(PlanModel relaxed, Branch branch) {
    if (branch.divisible()) {
      branch.parts().forEach(part -> relax(relaxed, part));
      return;
    }
    var slim = request.withChips(promising(relaxed, branch));
    while (prove(branch, slim) && !watch.over()) {
      // Once more: a free hit that was hoped for has been worked out.
    }
    done++;
  }

  private boolean worthwhile(Branch branch) {
    return branch.bound() > incumbent.value() + TOLERANCE;
  }

  /*
   * After the kept squad a plan among the present squad and those who promise most, each for himself: it needs no
   * relaxation, so it is there in a moment.
   */
  private void findFirst() {
    var chips = request.chips().stream().filter(c -> request.demands(c.chip())).toList();
    var first = request.withCandidates(promising()).withChips(chips);
    Wildcards.choices(request).stream()
        .findFirst()
        .ifPresent(weeks -> search(first, weeks, FIRST_GAP));
    report();
  }

  /* Per position those with the most points, and those with the most for their price. */
  private List<Candidate> promising() {
    var named = request.namedPlayers();
    int each = request.fresh() ? FIRST_OF_ALL : FIRST_NEWCOMERS;
    var newcomers = new HashSet<Candidate>();
    for (var position : Position.values()) {
      var all =
          request.candidates().stream()
              .filter(c -> !c.owned() && c.position() == position)
              .sorted(Comparator.comparingDouble(PlanSearch::points).reversed())
              .toList();
      all.stream().limit(each).forEach(newcomers::add);
      all.stream()
          .sorted(Comparator.comparingDouble((Candidate c) -> points(c) / c.price()).reversed())
          .limit(each)
          .forEach(newcomers::add);
    }
    return request.candidates().stream()
        .filter(c -> c.owned() || named.contains(c.id()) || newcomers.contains(c))
        .toList();
  }

  private void consider(Schedule schedule) {
    var assembled = new PlanAssembly(request, freeHits.squads()).assemble(schedule);
    if (assembled.value() > incumbent.value()) {
      incumbent = new Incumbent(assembled.value(), assembled.weeks());
    }
  }

  private void relax(PlanModel relaxed, Branch part) {
    if (watch.over()) {
      leave(part.bound());
      return;
    }
    relaxed.fixWildcards(part.wildcards());
    relaxed.limitFirstTransfers(part.fewest(), part.most());
    switch (watch.solve(relaxed, fromTheLastBasis())) {
      case OPTIMAL ->
          open.add(
              part.bounded(
                  Math.min(part.bound(), relaxed.value() + TOLERANCE),
                  new Relaxation(relaxed, request.horizon())));
      case INFEASIBLE -> done++;
      case FEASIBLE, UNBOUNDED, ABNORMAL, NOT_SOLVED, MODEL_INVALID -> leave(part.bound());
    }
  }

  /* Presolving would make another program of it, for which the last basis means nothing. */
  private static MPSolverParameters fromTheLastBasis() {
    var parameters = new MPSolverParameters();
    parameters.setIntegerParam(IntegerParam.LP_ALGORITHM, LpAlgorithmValues.DUAL.swigValue());
    parameters.setIntegerParam(IntegerParam.PRESOLVE, PresolveValues.PRESOLVE_OFF.swigValue());
    return parameters;
  }

  /* A first good plan among the present squad and the newcomers that the bound likes best. */
  private void searchCore(Branch branch, List<ChipOption> chips) {
    var core = core(branch);
    if (core.size() == request.candidates().size()) {
      return;
    }
    search(request.withCandidates(core).withChips(chips), branch.wildcards(), CORE_GAP);
  }

  private void search(PlanRequest small, List<Integer> wildcards, double gap) {
    try (var model = new PlanModel(small, freeHits.values(), Engine.SCIP)) {
      model.fixWildcards(wildcards);
      model.solver().setSolverSpecificParametersAsString(FINDING);
      if (incumbent.exists()) {
        model.demandMoreThan(incumbent.value() + TOLERANCE);
      }
      read(model, watch.solve(model, within(gap)));
    }
  }

  private List<Candidate> core(Branch branch) {
    var candidates = request.candidates();
    var newcomers =
        IntStream.range(0, candidates.size())
            .filter(i -> !candidates.get(i).owned())
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(i -> branch.relaxation().loss(i))
                    .thenComparingDouble(i -> -points(candidates.get(i))))
            .limit(request.fresh() ? FRESH_CORE : CORE)
            .collect(Collectors.toSet());
    return IntStream.range(0, candidates.size())
        .filter(i -> candidates.get(i).owned() || newcomers.contains(i))
        .mapToObj(candidates::get)
        .toList();
  }

  private static double points(Candidate candidate) {
    return candidate.points().stream().mapToDouble(p -> p).sum();
  }

  /* Returns whether it must be done once more, with a free hit that is now known better. */
  private boolean prove(Branch branch, PlanRequest slim) {
    try (var model = new PlanModel(slim, freeHits.values(), Engine.SCIP)) {
      model.solver().setSolverSpecificParametersAsString(FINDING);
      model.fixWildcards(branch.wildcards());
      model.limitFirstTransfers(branch.fewest(), branch.most());
      if (incumbent.exists()) {
        model.solver().setSolverSpecificParametersAsString(PROVING);
        branch.relaxation().fix(model, branch.bound() - incumbent.value());
        model.demandMoreThan(incumbent.value() + TOLERANCE);
      }
      var status = watch.solve(model, within(PROOF_GAP));
      boolean hoped = read(model, status);
      switch (status) {
        case OPTIMAL -> {
          if (hoped && watch.over()) {
            leave(branch.bound());
          }
          return hoped;
        }
        case INFEASIBLE -> {}
        case FEASIBLE -> leave(Math.min(branch.bound(), model.bound()));
        case NOT_SOLVED -> leave(branch.bound());
        case UNBOUNDED, ABNORMAL, MODEL_INVALID ->
            throw new HeadwayException(
                ErrorCode.EXECUTION_ERROR, "The solver could not handle the plan (" + status + ")");
      }
      return false;
    }
  }

  private void leave(double bound) {
    unsettled = Math.max(unsettled, bound);
  }

  /* Takes a solution, if there is one; returns whether it hoped for a free hit not yet worked out. */
  private boolean read(PlanModel model, MPSolver.ResultStatus status) {
    if (status != MPSolver.ResultStatus.OPTIMAL && status != MPSolver.ResultStatus.FEASIBLE) {
      return false;
    }
    var schedule = model.schedule();
    var hoped = hopedFor(schedule);
    if (hoped.isPresent()) {
      workOut(hoped.getAsInt());
    }
    if (playable(schedule)) {
      consider(schedule);
    }
    return hoped.isPresent();
  }

  private OptionalInt hopedFor(Schedule schedule) {
    return IntStream.range(0, request.horizon())
        .filter(week -> schedule.chips().get(week) == Chip.FREE_HIT && !freeHits.worked(week))
        .findFirst();
  }

  private boolean playable(Schedule schedule) {
    return IntStream.range(0, request.horizon())
        .filter(week -> schedule.chips().get(week) == Chip.FREE_HIT)
        .noneMatch(week -> freeHits.squads().get(week).isEmpty());
  }

  private void workOut(int week) {
    var limit = watch.left().isPositive() ? watch.left() : Duration.ofMillis(1);
    var single =
        new PlanSearch(FreeHits.request(request, week, limit), ignored -> {}, watch.clock());
    watch.over(single.watch);
    var found = single.run();
    watch.over(null);
    freeHits = freeHits.with(week, found);
  }

  private static MPSolverParameters within(double gap) {
    var parameters = new MPSolverParameters();
    parameters.setDoubleParam(DoubleParam.RELATIVE_MIP_GAP, gap);
    return parameters;
  }

  private int fewest() {
    return demanded(request.fresh() ? request.rules().squadSize() : 0);
  }

  private int most() {
    return demanded(request.rules().squadSize());
  }

  private int demanded(int otherwise) {
    int demanded = otherwise;
    for (var restriction : request.restrictions()) {
      if (restriction instanceof Restriction.Transfers(int count)) {
        demanded = count;
      } else if (restriction instanceof Restriction.NoTransfers(int week) && week == 0) {
        demanded = 0;
      }
    }
    return demanded;
  }

  private double bound() {
    double rest = open.stream().mapToDouble(Branch::bound).max().orElse(Double.NEGATIVE_INFINITY);
    return Math.max(incumbent.value(), Math.max(rest, unsettled));
  }

  private void report() {
    if (incumbent.exists()) {
      int pending = (int) open.stream().filter(this::worthwhile).count();
      told =
          new PlanProgress(
              incumbent.value(),
              bound(),
              done,
              done + pending + 1,
              watch.used(),
              incumbent.weeks());
      listener.accept(told);
    }
  }

  private PlanResult result() {
    open.removeIf(branch -> !worthwhile(branch));
    double bound = bound();
    if (!incumbent.exists()) {
      boolean proved = open.isEmpty() && unsettled == Double.NEGATIVE_INFINITY && !watch.stopped();
      var status = proved ? PlanResult.Status.INFEASIBLE : PlanResult.Status.STOPPED;
      return new PlanResult(status, 0, 0, List.of());
    }
    boolean proved = bound <= incumbent.value() + TOLERANCE;
    return new PlanResult(
        proved ? PlanResult.Status.OPTIMAL : PlanResult.Status.FEASIBLE,
        incumbent.value(),
        proved ? incumbent.value() : bound,
        incumbent.weeks());
  }
}
