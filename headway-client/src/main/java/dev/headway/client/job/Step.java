package dev.headway.client.job;

import java.util.List;

/**
 * A step of a job, with its share of the bar.
 *
 * @param name what clients see as the step; 1 to 100 characters
 * @param weight relative to the other steps', above 0 and at most 1,000,000
 */
public record Step(String name, double weight) {
  private static final int LONGEST = 100;
  private static final int MOST = 100;
  private static final double LARGEST = 1_000_000;

  /** Rejects at once what the server would refuse. */
  public Step {
    if (name.isEmpty() || name.length() > LONGEST) {
      throw new IllegalArgumentException(
          "The name (%s) of a step must have 1 to %d characters".formatted(name, LONGEST));
    }
    if (!(weight > 0 && weight <= LARGEST)) {
      throw new IllegalArgumentException(
          "The weight (%s) of step %s must be above 0 and at most %,d"
              .formatted(weight, name, (long) LARGEST));
    }
  }

  /** A step whose share is as large as the others'. */
  public static Step of(String name) {
    return new Step(name, 1);
  }

  /** Steps whose shares are equal. */
  public static List<Step> equal(List<String> names) {
    return names.stream().map(Step::of).toList();
  }

  /**
   * Steps that can be declared together, copied.
   *
   * @throws IllegalArgumentException when there are none or more than 100, or two of one name
   */
  public static List<Step> declared(List<Step> steps) {
    if (steps.isEmpty() || steps.size() > MOST) {
      throw new IllegalArgumentException(
          "There are %d steps; there must be 1 to %d".formatted(steps.size(), MOST));
    }
    if (steps.stream().map(Step::name).distinct().count() < steps.size()) {
      throw new IllegalArgumentException(
          "Each step needs a name of its own: %s"
              .formatted(steps.stream().map(Step::name).toList()));
    }
    return List.copyOf(steps);
  }
}
