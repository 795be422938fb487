package dev.headway.core.job;

import dev.headway.core.error.Defect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The steps of a job, each with its share of the bar: a step reports "14 of 15", and the percentage
 * of the job follows. Steps come one after the other, from {@link #start()} to 100.
 *
 * @param start the percentage at which the first step begins, 0 to 100
 * @param steps in order; empty when the job names none
 */
public record Plan(double start, List<Step> steps) {
  /** The most steps of a job that a client declares. */
  public static final int MAX_STEPS = 100;

  /** The longest name of a step that a client declares, in characters. */
  public static final int MAX_NAME = 100;

  /** The largest weight that a client may give to a step. */
  public static final double MAX_WEIGHT = 1_000_000;

  /** A plan without steps: the whole bar is the work's own. */
  public static final Plan NONE = new Plan(0, List.of());

  /**
   * One step.
   *
   * @param name what clients see as {@code step} or {@code stage}
   * @param weight its share of the bar relative to the other steps', above 0
   */
  public record Step(String name, double weight) {
    /** Rejects weights that have no share. */
    public Step {
      if (!(weight > 0)) {
        throw new IllegalArgumentException(
            "The weight (%s) of step %s must be above 0".formatted(weight, name));
      }
    }

    /** Steps of these names whose shares are equal. */
    public static List<Step> equal(List<String> names) {
      return names.stream().map(name -> new Step(name, 1)).toList();
    }

    /** The names of steps in order. */
    public static List<String> names(List<Step> steps) {
      var names = new ArrayList<String>(steps.size());
      steps.forEach(step -> names.add(step.name()));
      return names;
    }
  }

  /** Takes a copy. */
  public Plan {
    steps = List.copyOf(steps);
  }

  /** A plan that begins at 0. */
  public static Plan of(Step... steps) {
    return new Plan(0, List.of(steps));
  }

  /** The first step's name. */
  public Optional<String> firstStep() {
    return steps.isEmpty() ? Optional.empty() : Optional.of(steps.getFirst().name());
  }

  /** The names in order. */
  public List<String> names() {
    return Step.names(steps);
  }

  /** The defects of steps that a client declares; empty when they have none. */
  public static List<Defect> defects(List<Step> declared) {
    var defects = new ArrayList<Defect>();
    if (declared.isEmpty() || declared.size() > MAX_STEPS) {
      defects.add(
          Defect.ofField(
              "steps",
              "steps has %d items; it must have 1 to %d".formatted(declared.size(), MAX_STEPS)));
    }
    var seen = new HashSet<String>();
    for (var step : declared) {
      if (step.name().isEmpty() || step.name().length() > MAX_NAME) {
        defects.add(
            Defect.ofField(
                "steps",
                "A step's name (%s) must have 1 to %d characters"
                    .formatted(Progress.cut(step.name(), MAX_NAME), MAX_NAME)));
      } else if (!seen.add(step.name())) {
        defects.add(
            Defect.ofField(
                "steps",
                "steps has %s twice; each needs a name of its own".formatted(step.name())));
      }
      if (step.weight() > MAX_WEIGHT) {
        defects.add(
            Defect.ofField(
                "steps",
                "The weight (%s) of step %s must be at most %,d"
                    .formatted(
                        step.weight(), Progress.cut(step.name(), MAX_NAME), (long) MAX_WEIGHT)));
      }
    }
    return defects;
  }

  /** Whether a step is one of these. */
  public boolean has(String step) {
    return steps.stream().anyMatch(candidate -> candidate.name().equals(step));
  }

  /**
   * The percentage at a point within a step.
   *
   * @param step a step of this plan
   * @param fraction 0 (just begun) to 1 (done)
   * @throws IllegalArgumentException when the plan has no such step
   */
  public double percentAt(String step, double fraction) {
    var total = steps.stream().mapToDouble(Step::weight).sum();
    var before = 0.0;
    for (var candidate : steps) {
      if (candidate.name().equals(step)) {
        var within = candidate.weight() * Math.clamp(fraction, 0, 1);
        return start + (100 - start) * (before + within) / total;
      }
      before += candidate.weight();
    }
    throw new IllegalArgumentException(
        "The step (%s) is not in the plan %s".formatted(step, names()));
  }
}
