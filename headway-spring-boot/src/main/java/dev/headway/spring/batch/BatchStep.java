package dev.headway.spring.batch;

/**
 * A step of an execution, in which no other of the same name runs at the same time.
 *
 * @param execution the number of the job's execution
 * @param name the step's name; a partition's has a colon
 */
public record BatchStep(long execution, String name) {
  /** What Batch puts between the name of a step and that of its partition. */
  private static final String PARTITION = ":";

  /** Whether this is a part of a step that is shown as a child. */
  boolean isPartition() {
    return name.contains(PARTITION);
  }
}
