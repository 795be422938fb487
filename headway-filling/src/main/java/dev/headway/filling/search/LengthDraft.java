package dev.headway.filling.search;

import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** A draft whose lines are as long as their blocks together, in any order. */
final class LengthDraft implements Draft {
  private final Problem problem;
  private final List<List<DraftBlock>> lines = new ArrayList<>();
  private final long[] lengths;
  private final Place best = new Place();

  /** Where a lot could go. */
  private static final class Place {
    static final int NEW_BLOCK = -1;
    int line;
    int block;
    int position;
    long longer;
    double score;
  }

  LengthDraft(Problem problem, Plan plan) {
    this.problem = problem;
    lengths = new long[problem.lineCount()];
    for (var line = 0; line < lengths.length; line++) {
      List<DraftBlock> blocks = new ArrayList<>();
      for (var block : plan.lines().get(line)) {
        blocks.add(DraftBlock.of(problem, line, block));
      }
      lines.add(blocks);
      lengths[line] = plan.length(problem, line);
    }
  }

  private LengthDraft(LengthDraft other) {
    problem = other.problem;
    other.lines.forEach(blocks -> lines.add(new ArrayList<>(blocks)));
    lengths = other.lengths.clone();
  }

  @Override
  public LengthDraft copy() {
    return new LengthDraft(this);
  }

  @Override
  public long cost() {
    return Arrays.stream(lengths).max().orElse(0);
  }

  @Override
  public long workload() {
    return Arrays.stream(lengths).sum();
  }

  @Override
  public int longestLine() {
    var longest = 0;
    for (var line = 1; line < lengths.length; line++) {
      longest = lengths[line] > lengths[longest] ? line : longest;
    }
    return longest;
  }

  @Override
  public int[] lots(int line, int index) {
    return lines.get(line).get(index).lots();
  }

  @Override
  public int blockCount(int line) {
    return lines.get(line).size();
  }

  @Override
  public Plan toPlan() {
    return new Plan(
        lines.stream().map(line -> line.stream().map(DraftBlock::toBlock).toList()).toList());
  }

  @Override
  public int[] removeBlock(int line, int index) {
    var blocks = lines.get(line);
    var block = blocks.get(index);
    lengths[line] -= problem.cleaning() + block.sterileTime();
    blocks.set(index, blocks.getLast());
    blocks.removeLast();
    return block.lots();
  }

  /** Some matrices have changeovers that are longer than the way round. */
  @Override
  public OptionalInt removeLot(int line, int index, int position) {
    var blocks = lines.get(line);
    var block = blocks.get(index);
    var lot = block.lots()[position];
    if (block.lots().length == 1) {
      removeBlock(line, index);
      return OptionalInt.of(lot);
    }
    var rest = block.without(problem, line, position);
    if (rest.sterileTime() > problem.window(line)) {
      return OptionalInt.empty();
    }
    lengths[line] += rest.sterileTime() - block.sterileTime();
    blocks.set(index, rest);
    return OptionalInt.of(lot);
  }

  @Override
  public boolean insert(int lot, RandomGenerator random) {
    best.score = Double.POSITIVE_INFINITY;
    for (var line = 0; line < lines.size(); line++) {
      if (problem.fits(line, lot)) {
        considerLine(lot, line, random);
      }
    }
    var blocks = lines.get(best.line);
    if (best.block == Place.NEW_BLOCK) {
      blocks.add(DraftBlock.of(lot, problem.fill(best.line, lot)));
    } else {
      blocks.set(best.block, blocks.get(best.block).with(lot, best.position, best.longer));
    }
    lengths[best.line] += best.longer;
    return true;
  }

  private void considerLine(int lot, int line, RandomGenerator random) {
    var fill = problem.fill(line, lot);
    var type = problem.typeOf(lot);
    consider(line, Place.NEW_BLOCK, 0, problem.cleaning() + fill);
    var blocks = lines.get(line);
    for (var index = 0; index < blocks.size(); index++) {
      var block = blocks.get(index);
      var room = problem.window(line) - block.sterileTime() - fill;
      if (room < -problem.longestChangeover() || random.nextDouble() < BLINK) {
        continue;
      }
      for (var position = 0; position <= block.lots().length; position++) {
        var detour = block.detour(problem, type, position);
        if (detour <= room) {
          consider(line, index, position, fill + detour);
        }
      }
    }
  }

  /** Scores by the sum of the lines' squared lengths, which also evens them out. */
  private void consider(int line, int block, int position, long longer) {
    var score = lengths.length == 1 ? longer : (double) longer * (2 * lengths[line] + longer);
    if (score < best.score) {
      best.line = line;
      best.block = block;
      best.position = position;
      best.longer = longer;
      best.score = score;
    }
  }
}
