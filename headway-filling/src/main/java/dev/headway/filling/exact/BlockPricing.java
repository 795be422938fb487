package dev.headway.filling.exact;

import dev.headway.filling.model.Changeovers;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The pricing problem of {@link PatternBound} for lines that are alike: which blocks are worth more
 * than they take? A knapsack with a set-up for each type, by dynamic programming over the window.
 *
 * <p>It relaxes what a block takes. Let in(t) be the shortest changeover to type t. A block's first
 * lot of a type follows another of the block's types, unless it opens the block, and each later one
 * takes at least in(t). So a block with n(t) lots of the types S takes at least
 *
 * <pre>clean + Σ fill + Σ in(t)·n(t) + Σ (enter(t, S) − in(t)) − max enter(t, S)</pre>
 *
 * where enter(t, S) is the shortest changeover to t from another type of S. With few types each set
 * S is looked at by itself; with many, enter(t) is the shortest from any type. Times are rounded
 * down to a grid, which lets in no fewer blocks. Used by one thread.
 */
final class BlockPricing {
  private static final int MOST_CELLS = 3_000;
  private static final int FEW_TYPES = 8;
  private static final double HOUR = Micros.PER_HOUR;

  /** Smaller gains, in hours, are not told. */
  static final double NOTHING = 1e-9;

  private final Problem problem;
  private final int line;
  private final int types;
  private final int[][] lotsOf;
  private final long[] inbound;
  private final long grid;
  private final SetupCount setups;
  private final List<Found> found = new ArrayList<>();

  /** For each lot the cells in which it has joined. */
  private final boolean[][] taken;

  private Prices prices = new Prices(new double[0], 0, 0);

  /**
   * A block that was found.
   *
   * @param lots in no order
   * @param hours that it takes at least
   * @param gain by how much its lots are worth more than these hours
   */
  record Found(List<Integer> lots, double hours, double gain) {}

  /**
   * The prices by which blocks are judged.
   *
   * @param ofLot each lot's worth
   * @param ofHour what an hour of the line costs
   * @param ofBlock what a block is worth whatever it holds; may be negative
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Prices(double[] ofLot, double ofHour, double ofBlock) {}

  BlockPricing(Problem problem, int line) {
    this.problem = problem;
    this.line = line;
    types = problem.typeCount();
    lotsOf =
        IntStream.range(0, types)
            .mapToObj(type ->
                IntStream.range(0, problem.lotCount())
                    .filter(lot -> problem.typeOf(lot) == type && problem.fits(line, lot))
                    .toArray())
            .toArray(int[][]::new);
    inbound = IntStream.range(0, types).mapToLong(this::shortestTo).toArray();
    grid = grid();
    taken = new boolean[problem.lotCount()][];
    setups = few() ? new OfSets() : new OfTypes();
  }

  /** Blocks that are worth more than they take, among them the one with the largest gain. */
  List<Found> best(Prices prices) {
    this.prices = prices;
    found.clear();
    setups.search();
    return List.copyOf(found);
  }

  private boolean few() {
    return types > 1
        && types <= FEW_TYPES
        && problem.settings().changeovers() instanceof Changeovers.Matrix;
  }

  private long shortestTo(int type) {
    return IntStream.range(0, types)
        .filter(from -> from != type || lotsOf[type].length > 1)
        .mapToLong(from -> problem.changeover(from, type))
        .min()
        .orElse(0);
  }

  /** The shortest changeover to a type from another one of a set; 0 when it has no other. */
  private long entering(int type, IntPredicate set) {
    return IntStream.range(0, types)
        .filter(from -> from != type && set.test(from))
        .mapToLong(from -> problem.changeover(from, type))
        .min()
        .orElse(0);
  }

  private long size(int lot) {
    return problem.fill(line, lot) + inbound[problem.typeOf(lot)];
  }

  /** Microseconds of a cell: whatever divides all times, unless that makes too many cells. */
  private long grid() {
    var divisor = problem.window(line);
    for (var type = 0; type < types; type++) {
      divisor = greatest(divisor, inbound[type]);
      for (var lot : lotsOf[type]) {
        divisor = greatest(divisor, size(lot));
      }
    }
    return Math.max(divisor, Math.ceilDiv(problem.window(line), MOST_CELLS));
  }

  private static long greatest(long one, long other) {
    return other == 0 ? one : greatest(other, one % other);
  }

  /** The cells that a block has for its lots when its set-ups take so long. */
  private int capacity(long extra) {
    return (int) Math.floorDiv(problem.window(line) - extra, grid);
  }

  private double cost(long micros) {
    return prices.ofHour() * (micros / HOUR);
  }

  /** The worth of a block without its lots. */
  private double rest(long extra) {
    return prices.ofBlock() - cost(problem.cleaning() + extra);
  }

  /** Lets lots of a type join where they are worth it. */
  private void join(int type, double[] worth) {
    for (var lot : lotsOf[type]) {
      var flags = taken[lot];
      if (flags == null || flags.length != worth.length) {
        flags = new boolean[worth.length];
        taken[lot] = flags;
      } else {
        Arrays.fill(flags, false);
      }
      var gain = prices.ofLot()[lot] - cost(size(lot));
      var cells = (int) (size(lot) / grid);
      for (var cell = gain > 0 ? worth.length - 1 : -1; cell >= cells; cell--) {
        if (worth[cell - cells] + gain > worth[cell]) {
          worth[cell] = worth[cell - cells] + gain;
          flags[cell] = true;
        }
      }
    }
  }

  /** Collects the lots of a type that have joined; returns the cell without them. */
  private int leave(int type, int cell, List<Integer> lots) {
    var left = cell;
    for (var at = lotsOf[type].length - 1; at >= 0; at--) {
      var lot = lotsOf[type][at];
      if (taken[lot][left]) {
        lots.add(lot);
        left -= (int) (size(lot) / grid);
      }
    }
    return left;
  }

  private void keep(List<Integer> lots, long extra, double gain) {
    var time = problem.cleaning() + extra + lots.stream().mapToLong(this::size).sum();
    found.add(new Found(lots, time / HOUR, gain));
  }

  /** The search by one of the two ways to count set-ups. */
  private interface SetupCount {
    void search();
  }

  /** Each set of types by itself. */
  private final class OfSets implements SetupCount {
    private final long[] extra = new long[1 << types];
    private final double[][] worth;
    private final int[] path = new int[types];

    OfSets() {
      var most = 0;
      for (var set = 1; set < extra.length; set++) {
        extra[set] = extra(set);
        most = Math.max(most, capacity(extra[set]));
      }
      worth = new double[types + 1][most + 1];
    }

    private long extra(int set) {
      var sum = 0L;
      var longest = 0L;
      for (var type = 0; type < types; type++) {
        if ((set >> type & 1) == 1) {
          var entering = entering(type, from -> (set >> from & 1) == 1);
          sum += entering - inbound[type];
          longest = Math.max(longest, entering);
        }
      }
      return sum - longest;
    }

    @Override
    public void search() {
      extend(0, 0, 0);
    }

    private void extend(int from, int depth, int set) {
      for (var type = from; type < types; type++) {
        System.arraycopy(worth[depth], 0, worth[depth + 1], 0, worth[depth].length);
        join(type, worth[depth + 1]);
        path[depth] = type;
        var wider = set | 1 << type;
        consider(wider, depth + 1);
        extend(type + 1, depth + 1, wider);
      }
    }

    private void consider(int set, int depth) {
      var cell = capacity(extra[set]);
      if (cell < 0) {
        return;
      }
      var gain = worth[depth][cell] + rest(extra[set]);
      if (gain > NOTHING) {
        var lots = new ArrayList<Integer>();
        for (var at = depth - 1; at >= 0; at--) {
          cell = leave(path[at], cell, lots);
        }
        keep(lots, extra[set], gain);
      }
    }
  }

  /** Each type with the shortest set-up that it can have; exact where all are equally long. */
  private final class OfTypes implements SetupCount {
    private final long[] setup = new long[types];
    private final boolean[][] used;
    private final long spared;
    private final double[] worth;
    private final double[] with;

    OfTypes() {
      var longest = 0L;
      for (var type = 0; type < types; type++) {
        var entering = types == 1 ? inbound[type] : entering(type, _ -> true);
        setup[type] = entering - inbound[type];
        longest = Math.max(longest, entering);
      }
      spared = longest;
      worth = new double[capacity(-spared) + 1];
      with = new double[worth.length];
      used = new boolean[types][worth.length];
    }

    @Override
    public void search() {
      Arrays.fill(worth, 0);
      for (var type = 0; type < types; type++) {
        begin(type);
        join(type, with);
        consider(type);
        for (var cell = 0; cell < worth.length; cell++) {
          used[type][cell] = with[cell] > worth[cell];
          worth[cell] = Math.max(with[cell], worth[cell]);
        }
      }
    }

    private void begin(int type) {
      var cells = (int) (setup[type] / grid);
      Arrays.fill(with, Double.NEGATIVE_INFINITY);
      for (var cell = cells; cell < with.length; cell++) {
        with[cell] = worth[cell - cells] - cost(setup[type]);
      }
    }

    private void consider(int last) {
      var cell = worth.length - 1;
      var gain = with[cell] + rest(-spared);
      if (gain <= NOTHING) {
        return;
      }
      var lots = new ArrayList<Integer>();
      var extra = -spared;
      for (var type = last; type >= 0; type--) {
        if (type == last || used[type][cell]) {
          cell = leave(type, cell, lots) - (int) (setup[type] / grid);
          extra += setup[type];
        }
      }
      keep(lots, extra, gain);
    }
  }
}
