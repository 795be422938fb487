package dev.headway.filling.strategy;

import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Problem;

/**
 * Scores every lot that fits, keeps the best three and takes the one whose best successor makes the
 * pair's score highest (a beam of width 3 and depth 2).
 */
final class ScoreRule implements DispatchingRule {
  private static final int BEAM = 3;
  private static final int LONGEST_STREAK = 5;

  /** What it costs to end a block: hours of the changeover that the next lot would have had. */
  private static final double EARLY_END = 4;

  private final Weights weights;

  /** A rule with the given weights; {@link Weights#SMART} and {@link Weights#HYBRID} were tuned. */
  ScoreRule(Weights weights) {
    this.weights = weights;
  }

  /**
   * The weights of a score, in hours of changeover that each part is worth.
   *
   * @param switching for a change of type, times one more than the changes of the block so far
   * @param waste for an hour of the window that stays unused
   * @param streak for each lot of the streak that is continued, up to five
   * @param bonus of the hybrid rule: for the same type, and for a lot of no length
   */
  record Weights(double switching, double waste, double streak, Bonus bonus) {
    /** See {@link Weights}. */
    record Bonus(double sameType, double shortLot) {}

    // Chosen by a grid search over generated sets of 6 to 60 lots on 1 to 3 lines.
    static final Weights SMART = new Weights(2, 0.2, 0.5, new Bonus(0, 0));
    static final Weights HYBRID = new Weights(2, 0.2, 0.5, new Bonus(4, 6));
  }

  /** The best lots so far with their scores, best first. */
  private static final class Beam {
    final int[] lots = {NONE, NONE, NONE};
    final double[] scores = new double[BEAM];

    void offer(int lot, double score) {
      var at = BEAM;
      while (at > 0 && (lots[at - 1] == NONE || score > scores[at - 1])) {
        at--;
        if (at + 1 < BEAM) {
          lots[at + 1] = lots[at];
          scores[at + 1] = scores[at];
        }
      }
      if (at < BEAM) {
        lots[at] = lot;
        scores[at] = score;
      }
    }
  }

  @Override
  public int next(OpenBlock block, LotPool waiting) {
    var beam = new Beam();
    offerAll(block, waiting, NONE, beam);
    var best = NONE;
    var bestScore = Double.NEGATIVE_INFINITY;
    for (var i = 0; i < BEAM && beam.lots[i] != NONE; i++) {
      var after = new Beam();
      var then = block.with(beam.lots[i]);
      offerAll(then, waiting, beam.lots[i], after);
      // Only what is unused after the pair is wasted.
      var score =
          after.lots[0] == NONE
              ? beam.scores[i] - EARLY_END
              : beam.scores[i] + waste(then.slack()) + after.scores[0];
      if (score > bestScore) {
        best = beam.lots[i];
        bestScore = score;
      }
    }
    return best;
  }

  private void offerAll(OpenBlock block, LotPool waiting, int taken, Beam beam) {
    for (var lot = 0; lot < block.problem().lotCount(); lot++) {
      if (lot != taken && waiting.contains(lot) && block.fits(lot)) {
        beam.offer(lot, score(block, lot));
      }
    }
  }

  private double waste(long unused) {
    return weights.waste * Micros.toHours(unused);
  }

  private double score(OpenBlock block, int lot) {
    Problem problem = block.problem();
    var type = problem.typeOf(lot);
    var fill = problem.fill(block.line(), lot);
    var score = -Micros.toHours(block.setup(type));
    score -= waste(block.room(type) - fill);
    if (block.continues(type)) {
      score += weights.streak * Math.min(block.streak().length(), LONGEST_STREAK);
      score += weights.bonus.sameType();
    } else {
      score -= weights.switching * (1 + block.streak().switches());
    }
    var share = (double) fill / problem.window(block.line());
    return score + weights.bonus.shortLot() * (1 - share);
  }
}
