package dev.headway.bench.torture;

/** The promises that the oracle finds broken. */
enum Violation {
  LOST_MILESTONE("a milestone was passed over"),
  REPEATED_MILESTONE("a milestone was shown again"),
  OTHER_MILESTONE("a milestone is stored as another"),
  UNSTORED_MILESTONE("a milestone was shown that is not stored"),
  HOLE_IN_THE_LOG("the stored milestones do not count from 1 without a hole"),
  SECOND_END("a job ended twice"),
  EVENT_AFTER_THE_END("something followed the end"),
  UNSEEN_END("a watcher was not shown the end"),
  LOST_END("an end that a worker was told of is not the job's"),
  STUCK("a job did not end"),
  FALLING_PERCENT("the percentage of an attempt fell"),
  WRONG_RECOVERED("a resume was not what recovered says"),
  OTHER_LIFE("a cursor names another life of the log"),
  LEASE_GIVEN_TWICE("two workers were given one lease"),
  LOST_SAMPLE("a sample was passed over"),
  REPEATED_SAMPLE("a sample was shown again, or after a later one"),
  UNSTORED_SAMPLE("a sample was shown that is not stored"),
  UNKEPT_SAMPLE("a sample that was accepted is not there, or twice"),
  EARLY_VIOLATION("a violation was shown before its sample"),
  LOST_SUBMISSION("a job that was accepted is not there"),
  FAULT("a server answered with a fault");

  private final String text;

  Violation(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
