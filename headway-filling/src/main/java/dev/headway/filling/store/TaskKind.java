package dev.headway.filling.store;

/** The two kinds of task. */
public enum TaskKind {
  /** One schedule by one strategy. */
  SCHEDULE("schedule"),
  /** The schedules of several strategies side by side. */
  COMPARISON("comparison");

  private final String label;

  TaskKind(String label) {
    this.label = label;
  }

  /** Its name on the wire, for example {@code schedule}; the kind of its topics, too. */
  public String label() {
    return label;
  }

  /** The key of its number in results, for example {@code schedule_id}. */
  public String idKey() {
    return label + "_id";
  }

  /** The type of its jobs. */
  public String jobType() {
    return "fill-" + label;
  }

  String table() {
    return "filling_" + label;
  }
}
