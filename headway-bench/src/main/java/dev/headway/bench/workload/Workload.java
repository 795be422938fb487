package dev.headway.bench.workload;

/** Something that is measured. Has no state: a run's is local to it. */
public interface Workload {
  /** Its name on the command line. */
  String name();

  /** Its purpose, in one line. */
  String description();

  /** Whether it can be run on other servers than Headway. */
  default boolean comparable() {
    return false;
  }

  /** Whether it needs a PostgreSQL database. */
  default boolean onPostgres() {
    return false;
  }

  /** Whether servers publish a good deal before it, so that they are measured warm. */
  default boolean warm() {
    return false;
  }

  /**
   * Runs once.
   *
   * @throws dev.headway.bench.load.LoadException when the server does not stand it
   */
  Findings run(BenchContext context);
}
