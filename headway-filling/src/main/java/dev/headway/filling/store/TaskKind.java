package dev.headway.filling.store;

import dev.headway.core.topic.TopicName;

/** The two things that somebody can ask for. */
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

  /** The type of the jobs that do it. */
  public String jobType() {
    return "fill-" + label;
  }

  /** The topic of one of them. */
  public TopicName topic(long id) {
    return new TopicName(label, Long.toString(id));
  }

  String table() {
    return "filling_" + label;
  }
}
