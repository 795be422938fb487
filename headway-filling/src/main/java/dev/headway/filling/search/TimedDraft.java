package dev.headway.filling.search;

import dev.headway.filling.model.Block;
import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * A draft in which the order of blocks counts, since dates, locks and calendars do. A change of a
 * block lays out its line from there on, until a block is where it was.
 */
final class TimedDraft implements Draft {
  private final Problem problem;
  private final List<TimedLine> lines;

  /** A line with the lot in one of its places. */
  private record Place(TimedLine line, double score) {}

  TimedDraft(Problem problem, Plan plan) {
    this.problem = problem;
    lines = new ArrayList<>();
    for (var line = 0; line < problem.lineCount(); line++) {
      lines.add(TimedLine.of(problem, line, plan.lines().get(line)));
    }
  }

  private TimedDraft(TimedDraft other) {
    problem = other.problem;
    lines = new ArrayList<>(other.lines); // which are immutable
  }

  @Override
  public TimedDraft copy() {
    return new TimedDraft(this);
  }

  @Override
  public long cost() {
    return ends().max().orElse(0) + lines.stream().mapToLong(TimedLine::penalty).sum();
  }

  private LongStream ends() {
    return lines.stream().mapToLong(TimedLine::end);
  }

  @Override
  public long workload() {
    return ends().sum();
  }

  @Override
  public int longestLine() {
    var longest = 0;
    for (var line = 1; line < lines.size(); line++) {
      longest = lines.get(line).end() > lines.get(longest).end() ? line : longest;
    }
    return longest;
  }

  @Override
  public int[] lots(int line, int index) {
    return lines.get(line).lots(index);
  }

  @Override
  public int blockCount(int line) {
    return lines.get(line).blockCount();
  }

  @Override
  public Plan toPlan() {
    return new Plan(lines.stream().map(TimedDraft::blocks).toList());
  }

  private static List<Block> blocks(TimedLine line) {
    var blocks = new ArrayList<Block>();
    for (var index = 0; index < line.blockCount(); index++) {
      blocks.add(new Block(Arrays.stream(line.lots(index)).boxed().toList()));
    }
    return blocks;
  }

  /** Lots of fixed time stay; those after the others can only come earlier. */
  @Override
  public int[] removeBlock(int line, int index) {
    var lots = lots(line, index);
    var fixed = Arrays.stream(lots).filter(this::isFixed).toArray();
    var rest =
        fixed.length == 0 ? lines.get(line).without(index) : lines.get(line).with(index, fixed);
    if (rest == null) {
      return new int[0];
    }
    lines.set(line, rest);
    return Arrays.stream(lots).filter(lot -> !isFixed(lot)).toArray();
  }

  private boolean isFixed(int lot) {
    return problem.lockedStart(lot) != Problem.NEVER;
  }

  @Override
  public OptionalInt removeLot(int line, int index, int position) {
    var lots = lots(line, index);
    if (isFixed(lots[position])) {
      return OptionalInt.empty();
    }
    if (lots.length == 1) {
      return Arrays.stream(removeBlock(line, index)).findFirst();
    }
    var fewer = new int[lots.length - 1];
    System.arraycopy(lots, 0, fewer, 0, position);
    System.arraycopy(lots, position + 1, fewer, position, fewer.length - position);
    var rest = lines.get(line).with(index, fewer);
    if (rest == null) {
      return OptionalInt.empty();
    }
    lines.set(line, rest);
    return OptionalInt.of(lots[position]);
  }

  @Override
  public boolean insert(int lot, RandomGenerator random) {
    Place best = null;
    for (var line : lines) {
      if (problem.fits(line.number(), lot) && suits(line, lot)) {
        for (var longer : line.insertions(lot, random)) {
          var score = score(line, longer);
          if (best == null || score < best.score()) {
            best = new Place(longer, score);
          }
        }
      }
    }
    if (best == null) {
      return false;
    }
    lines.set(best.line().number(), best.line());
    return true;
  }

  /** Whether no lot that has to be on the line of this one is on another. */
  private boolean suits(TimedLine line, int lot) {
    return lines.stream()
        .noneMatch(other -> other.number() != line.number() && other.hasChainOf(lot));
  }

  /**
   * Scores by tardiness and moves, and as without dates by the sum of the lines' squared lengths.
   */
  private double score(TimedLine before, TimedLine after) {
    var late = (double) after.penalty() - before.penalty();
    var longer = (double) after.end() - before.end();
    if (lines.size() == 1) {
      return late + longer;
    }
    var longest = Math.max(1, ends().max().orElse(1));
    return late + longer * ((double) before.end() + after.end()) / longest;
  }
}
