package dev.headway.fpl.plan;

import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverParameters;
import com.google.ortools.linearsolver.MPSolverParameters.DoubleParam;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.rules.Chip;
import dev.headway.solver.OrTools;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One exact search: best first over the branches (wildcard weeks, transfers of the first week),
 * each bounded by its linear relaxation and, where the bound leaves room, solved as an integer
 * program that is asked only for something better than the incumbent. Branching here rather than in
 * the engine pays because a fractional wildcard makes the engine's own relaxation useless.
 *
 * <p>{@link #run()} is for one thread, once; {@link #stop()} for any.
 */
final class PlanSearch {
  /** Differences below this are rounding. */
  static final double TOLERANCE = 1e-5;

  private static final Comparator<Branch> MOST_PROMISING =
      Comparator.comparingDouble(Branch::bound).reversed();

  /** New players in the small program that finds a first good plan. */
  private static final int CORE = 15;

  /** A first plan need not be the best of its small program. */
  private static final double CORE_GAP = 4e-3;

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
  private final InstantSource clock;
  private final Instant deadline;
  private final List<Branch> open = new ArrayList<>();
  private final Object lock = new Object();
  private FreeHits freeHits = FreeHits.NONE;
  private PlanAssembly assembly;
  private Incumbent incumbent = Incumbent.NONE;
  private double unsettled = Double.NEGATIVE_INFINITY;
  private int done;
  private volatile boolean stopped;
  private @Nullable PlanModel running;
  private @Nullable PlanSearch inner;

  PlanSearch(PlanRequest request, Consumer<PlanProgress> listener, InstantSource clock) {
    this.request =
        Dominance.appliesTo(request) ? request.withCandidates(Dominance.prune(request)) : request;
    this.listener = listener;
    this.clock = clock;
    this.deadline = clock.instant().plus(request.timeLimit());
    this.assembly = new PlanAssembly(this.request, List.of());
    OrTools.load();
  }

  /** Ends the search soon, with what it has. */
  void stop() {
    synchronized (lock) {
      stopped = true;
      if (running != null) {
        running.interrupt();
      }
      if (inner != null) {
        inner.stop();
      }
    }
  }

  /** Searches until the optimum is proved, the time is up or somebody stops it. */
  PlanResult run() {
    findFreeHits();
    keepAsItIs();
    for (var weeks : Wildcards.choices(request)) {
      relax(weeks, fewest(), most());
    }
    for (var branch : open.stream().sorted(MOST_PROMISING).toList()) {
      if (!over() && worthwhile(branch)) {
        searchCore(branch);
      }
    }
    for (var branch = next(); branch.isPresent() && !over(); branch = next()) {
      open.remove(branch.get());
      settle(branch.get());
      report();
    }
    return result();
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

  private void settle(Branch branch) {
    if (branch.divisible()) {
      for (var range : branch.ranges()) {
        relax(branch.wildcards(), range[0], range[1]);
      }
    } else {
      prove(branch);
      done++;
    }
  }

  private boolean worthwhile(Branch branch) {
    return branch.bound() > incumbent.value() + TOLERANCE;
  }

  private boolean over() {
    return stopped || !clock.instant().isBefore(deadline);
  }

  private void findFreeHits() {
    if (IntStream.range(0, request.horizon()).noneMatch(w -> FreeHits.possible(request, w))) {
      return;
    }
    for (int week = 0; week < request.horizon() && !stopped; week++) {
      var single = new PlanSearch(FreeHits.request(request, week), ignored -> {}, clock);
      synchronized (lock) {
        inner = single;
      }
      var best = single.run();
      synchronized (lock) {
        inner = null;
      }
      freeHits =
          best.weeks().isEmpty()
              ? freeHits.and(List.of(), Double.NEGATIVE_INFINITY)
              : freeHits.and(best.weeks().getFirst().squad(), best.objective());
    }
    assembly = new PlanAssembly(request, freeHits.squads());
  }

  /* The first plan: no transfer, no chip. */
  private void keepAsItIs() {
    var owned = new HashSet<Integer>();
    request.candidates().stream().filter(Candidate::owned).forEach(c -> owned.add(c.id()));
    boolean allowed = request.restrictions().stream().allMatch(r -> r.allows(Set.of(), null));
    if (allowed && owned.size() == request.rules().squadSize()) {
      var squads = new ArrayList<Set<Integer>>();
      var chips = new ArrayList<@Nullable Chip>();
      for (int week = 0; week < request.horizon(); week++) {
        squads.add(owned);
        chips.add(null);
      }
      consider(new Schedule(squads, chips));
    }
  }

  private void consider(Schedule schedule) {
    var assembled = assembly.assemble(schedule);
    if (assembled.value() > incumbent.value()) {
      incumbent = new Incumbent(assembled.value(), assembled.weeks());
    }
  }

  private void relax(List<Integer> wildcards, int fewest, int most) {
    if (over()) {
      unsettled = Double.POSITIVE_INFINITY;
      return;
    }
    try (var model = new PlanModel(request, freeHits.values(), Engine.GLOP)) {
      model.fixWildcards(wildcards);
      model.limitFirstTransfers(fewest, most);
      switch (solve(model, new MPSolverParameters())) {
        case OPTIMAL ->
            open.add(
                new Branch(
                    wildcards,
                    fewest,
                    most,
                    model.value() + TOLERANCE,
                    new Relaxation(model, request.horizon())));
        case INFEASIBLE -> done++;
        case FEASIBLE, UNBOUNDED, ABNORMAL, NOT_SOLVED, MODEL_INVALID ->
            unsettled = Double.POSITIVE_INFINITY;
      }
    }
  }

  /* A first good plan among the present squad and the newcomers that the bound likes best. */
  private void searchCore(Branch branch) {
    double[] losses =
        IntStream.range(0, request.candidates().size())
            .mapToDouble(i -> branch.relaxation().loss(i))
            .toArray();
    double[] sorted = losses.clone();
    Arrays.sort(sorted);
    double most = sorted[Math.min(sorted.length - 1, CORE + request.rules().squadSize())];
    var core = new ArrayList<Candidate>();
    for (int i = 0; i < losses.length; i++) {
      if (request.candidates().get(i).owned() || losses[i] <= most) {
        core.add(request.candidates().get(i));
      }
    }
    if (core.size() == request.candidates().size()) {
      return;
    }
    try (var model = new PlanModel(request.withCandidates(core), freeHits.values(), Engine.SCIP)) {
      model.fixWildcards(branch.wildcards());
      model.solver().setSolverSpecificParametersAsString(FINDING);
      if (incumbent.exists()) {
        model.demandMoreThan(incumbent.value() + TOLERANCE);
      }
      read(model, solve(model, within(CORE_GAP)));
    }
    report();
  }

  private void prove(Branch branch) {
    try (var model = new PlanModel(request, freeHits.values(), Engine.SCIP)) {
      model.solver().setSolverSpecificParametersAsString(FINDING);
      model.fixWildcards(branch.wildcards());
      model.limitFirstTransfers(branch.fewest(), branch.most());
      if (incumbent.exists()) {
        model.solver().setSolverSpecificParametersAsString(PROVING);
        branch.relaxation().fix(model, branch.bound() - incumbent.value());
        model.demandMoreThan(incumbent.value() + TOLERANCE);
      }
      var status = solve(model, within(PROOF_GAP));
      read(model, status);
      switch (status) {
        case OPTIMAL, INFEASIBLE -> {}
        case FEASIBLE -> leave(Math.min(branch.bound(), model.bound()));
        case NOT_SOLVED -> leave(branch.bound());
        case UNBOUNDED, ABNORMAL, MODEL_INVALID ->
            throw new HeadwayException(
                ErrorCode.EXECUTION_ERROR, "The solver could not handle the plan (" + status + ")");
      }
    }
  }

  private void leave(double bound) {
    unsettled = Math.max(unsettled, bound);
  }

  private void read(PlanModel model, MPSolver.ResultStatus status) {
    if (status != MPSolver.ResultStatus.OPTIMAL && status != MPSolver.ResultStatus.FEASIBLE) {
      return;
    }
    var squads = new ArrayList<Set<Integer>>();
    var chips = new ArrayList<@Nullable Chip>();
    for (int week = 0; week < request.horizon(); week++) {
      var squad = new HashSet<Integer>();
      for (int i = 0; i < model.candidates().size(); i++) {
        if (model.cell(i, week).squad().solutionValue() > 0.5) {
          squad.add(model.candidates().get(i).id());
        }
      }
      squads.add(squad);
      chips.add(model.chip(week));
    }
    consider(new Schedule(squads, chips));
  }

  private MPSolver.ResultStatus solve(PlanModel model, MPSolverParameters parameters) {
    synchronized (lock) {
      if (stopped) {
        return MPSolver.ResultStatus.NOT_SOLVED;
      }
      running = model;
    }
    try {
      var left = Duration.between(clock.instant(), deadline);
      model.solver().setTimeLimit(Math.max(1, left.toMillis()));
      return model.solver().solve(parameters);
    } finally {
      synchronized (lock) {
        running = null;
      }
      parameters.delete();
    }
  }

  private static MPSolverParameters within(double gap) {
    var parameters = new MPSolverParameters();
    parameters.setDoubleParam(DoubleParam.RELATIVE_MIP_GAP, gap);
    return parameters;
  }

  private int fewest() {
    return demanded(0);
  }

  private int most() {
    return demanded(request.rules().squadSize());
  }

  private int demanded(int otherwise) {
    int demanded = otherwise;
    for (var restriction : request.restrictions()) {
      if (restriction instanceof Restriction.Transfers(int count)) {
        demanded = count;
      }
    }
    return demanded;
  }

  private double bound() {
    double rest = open.stream().mapToDouble(Branch::bound).max().orElse(Double.NEGATIVE_INFINITY);
    return Math.max(incumbent.value(), Math.max(rest, unsettled));
  }

  private void report() {
    int pending = (int) open.stream().filter(this::worthwhile).count();
    listener.accept(new PlanProgress(incumbent.value(), bound(), done, done + pending));
  }

  private PlanResult result() {
    open.removeIf(branch -> !worthwhile(branch));
    double bound = bound();
    if (!incumbent.exists()) {
      boolean proved = open.isEmpty() && unsettled == Double.NEGATIVE_INFINITY && !stopped;
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
