package dev.headway.filling.exact;

import dev.headway.filling.bound.LowerBound;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A lower bound on the makespan by column generation (Gilmore and Gomory, 1961): the linear
 * programme that covers all lots with patterns, each a set of lots that one block of a line may
 * take, so that no line is busy longer than the makespan. {@link BlockPricing} finds the patterns.
 * Where the lines of a kind have a fraction of a block, it branches: they have fewer, or more.
 *
 * <p>The bound itself is Lagrange's and holds for any prices: with a price π(i) for each lot, μ(k)
 * for an hour of each line of kind k, where Σ m(k)·μ(k) = 1 over the kinds of m(k) lines, and σ(k)
 * for a block, no makespan is below {@code Σ π(i) + Σ σ(k)·b(k) − Σ n(k)·v(k)}, where b(k) is the
 * least number of blocks, or the largest for a negative price, n(k) the largest number and v(k) the
 * largest gain of a block. Prices are smoothed (Wentges, 1997). Used by one thread of a solver
 * process.
 */
final class PatternBound implements AutoCloseable {
  private static final double HOUR = Micros.PER_HOUR;
  private static final double SMOOTHING = 0.7;

  /** The share of a bound that computing with doubles may be off. */
  private static final double ROUNDING = 1e-9;

  /** The share of its value by which a bound may stay below that of the linear programme. */
  private static final double CLOSE = 1e-8;

  private static final double WHOLE = 1e-6;

  private final Problem problem;
  private final long known;
  private final List<LineKind> kinds;
  private final List<BlockPricing> pricings;
  private final PatternMaster master;
  private BooleanSupplier stop = () -> false;

  /** All plans whose numbers of blocks lie in ranges, and a bound for them in microseconds. */
  private record Node(List<BlockRange> ranges, long bound) {
    Node with(int kind, BlockRange range) {
      var others = new ArrayList<>(ranges);
      others.set(kind, range);
      return new Node(others, bound);
    }
  }

  /** A bound for plans that cost less than a known one: no less than that where there is none. */
  PatternBound(Problem problem, Plan plan) {
    this.problem = problem;
    known = plan.cost(problem);
    kinds = LineKind.of(problem);
    pricings = kinds.stream().map(kind -> new BlockPricing(problem, kind.first())).toList();
    master = new PatternMaster(problem.lotCount(), kinds, known);
    for (var kind = 0; kind < kinds.size(); kind++) {
      for (var line : kinds.get(kind).lines()) {
        for (var block : plan.lines().get(line)) {
          var time = problem.cleaning() + block.sterileTime(problem, line);
          master.add(kind, block.lots(), time / HOUR);
        }
      }
    }
  }

  /**
   * Raises the bound until it is stopped or patterns can say no more.
   *
   * @param stop asked after each round
   * @param raised told each higher bound, in microseconds
   */
  void raise(BooleanSupplier stop, LongConsumer raised) {
    this.stop = stop;
    var open = new PriorityQueue<>(Comparator.comparingLong(Node::bound));
    open.add(new Node(counts(), 0));
    while (!open.isEmpty() && !stop.getAsBoolean()) {
      var node = converged(open.poll(), open.isEmpty() ? known : open.peek().bound(), raised);
      if (node.bound() >= known) {
        continue;
      }
      var kind = master.solved() && !stop.getAsBoolean() ? split() : -1;
      if (kind < 0) {
        return; // no other node has a lower bound, so none of them can raise it
      }
      var blocks = (long) Math.floor(master.blocks(kind));
      open.add(node.with(kind, node.ranges().get(kind).upTo(blocks)));
      open.add(node.with(kind, node.ranges().get(kind).from(blocks + 1)));
      raised.accept(Math.min(known, open.peek().bound()));
    }
    if (open.isEmpty()) {
      raised.accept(known);
    }
  }

  @Override
  public void close() {
    master.close();
  }

  private List<BlockRange> counts() {
    var least = kinds.size() == 1 ? new LowerBound(problem).blocks() : 0;
    return kinds.stream()
        .map(kind ->
            new BlockRange(
                least,
                Math.max(
                    least,
                    (long) kind.lines().size() * BlockCounts.most(problem, kind.first(), known))))
        .toList();
  }

  /** The kind of line that has the most uncertain number of blocks, or -1 when all are whole. */
  private int split() {
    return IntStream.range(0, kinds.size())
        .filter(kind -> fraction(kind) > WHOLE)
        .boxed()
        .max(Comparator.comparingDouble(this::fraction))
        .orElse(-1);
  }

  private double fraction(int kind) {
    var blocks = master.blocks(kind);
    return Math.abs(blocks - Math.rint(blocks));
  }

  /**
   * Generates patterns until the node's bound is as high as it gets.
   *
   * @param others the lowest bound of all other nodes
   */
  private Node converged(Node node, long others, LongConsumer raised) {
    master.limit(node.ranges());
    var bound = node.bound();
    PatternMaster.ShadowPrices center = null;
    var best = Double.NEGATIVE_INFINITY;
    while (bound < known && !stop.getAsBoolean() && master.solve()) {
      var value = master.value();
      if (rounded(value) <= bound || value - best < CLOSE * value) {
        break;
      }
      var exact = master.prices();
      var asked = center == null ? exact : exact.mixedWith(center, SMOOTHING);
      var priced = price(asked, node.ranges());
      if (priced.added() == 0 && center != null) {
        asked = exact;
        priced = price(exact, node.ranges());
      }
      if (priced.bound() > best) {
        best = priced.bound();
        center = asked;
        bound = Math.max(bound, rounded(best));
        raised.accept(Math.min(known, Math.min(others, bound)));
      }
      if (priced.added() == 0) {
        break;
      }
    }
    return new Node(node.ranges(), bound);
  }

  private record Priced(double bound, int added) {}

  /** Adds the patterns that gain by prices; returns what these prove. */
  private Priced price(PatternMaster.ShadowPrices prices, List<BlockRange> ranges) {
    var bound = DoubleStream.of(prices.ofLots()).sum();
    var added = 0;
    for (var kind = 0; kind < kinds.size(); kind++) {
      var ofBlock = prices.ofBlocks()[kind];
      var range = ranges.get(kind);
      bound += ofBlock * (ofBlock > 0 ? range.least() : range.most());
      var gain = BlockPricing.NOTHING;
      var ofKind = new BlockPricing.Prices(prices.ofLots(), prices.ofHours()[kind], ofBlock);
      for (var found : pricings.get(kind).best(ofKind)) {
        gain = Math.max(gain, found.gain());
        master.add(kind, found.lots(), found.hours());
        added++;
      }
      bound -= range.most() * gain;
    }
    return new Priced(bound, added);
  }

  /**
   * Microseconds of a bound. Where all lines are alike, the work beside filling is a sum of cleans
   * and changeovers, and so a multiple of what divides them all.
   */
  private long rounded(double hours) {
    var micros = (long) Math.floor(hours * HOUR * (1 - ROUNDING));
    if (kinds.size() > 1 || micros <= 0) {
      return micros;
    }
    var lines = problem.lineCount();
    var fills = IntStream.range(0, problem.lotCount()).mapToLong(lot -> problem.fill(0, lot)).sum();
    var rest = Math.max(0, micros * lines - fills);
    var step = step();
    return Math.ceilDiv(fills + Math.ceilDiv(rest, step) * step, lines);
  }

  private long step() {
    var step = problem.cleaning();
    for (var from = 0; from < problem.typeCount(); from++) {
      for (var to = 0; to < problem.typeCount(); to++) {
        step = greatest(step, problem.changeover(from, to));
      }
    }
    return Math.max(1, step);
  }

  private static long greatest(long one, long other) {
    return other == 0 ? one : greatest(other, one % other);
  }
}
