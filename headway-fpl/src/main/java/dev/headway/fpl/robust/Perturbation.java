package dev.headway.fpl.robust;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.PlanRequest;
import java.util.ArrayList;
import java.util.Random;

/**
 * Other projections, about as likely as those of a plan: each player's points are multiplied by one
 * factor for all weeks and another for each week, normally distributed around 1 with standard
 * deviations of 10 and 5 per cent, and never negative. Both are assumptions about how far the
 * projections of different models are apart, not results, which vary much more.
 */
public final class Perturbation {
  private static final double OF_PLAYER = 0.1;
  private static final double OF_WEEK = 0.05;

  private Perturbation() {}

  /** The same question about other projections; the same ones for the same seed. */
  public static PlanRequest of(PlanRequest question, long seed) {
    var random = new Random(seed);
    return question.withCandidates(
        question.candidates().stream().map(candidate -> perturbed(candidate, random)).toList());
  }

  private static Candidate perturbed(Candidate candidate, Random random) {
    double player = 1 + OF_PLAYER * random.nextGaussian();
    var points = new ArrayList<Double>();
    for (double each : candidate.points()) {
      points.add(each * Math.max(0, player + OF_WEEK * random.nextGaussian()));
    }
    return candidate.withPoints(points);
  }
}
