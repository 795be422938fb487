package dev.headway.testkit.model;

/** The mistakes that can be planted in the model; each must be found by one of its properties. */
public enum Defect {
  /** An event is published, then stored. */
  PUBLISHED_BEFORE_STORED,
  /** A worker may write without holding the present lease. */
  NO_FENCE,
  /** A report under an old lease counts for the present attempt. */
  REPORT_OF_OLD_LEASE,
  /** A job that has ended may end again. */
  ENDED_TWICE,
  /** A job that has ended may be cancelled. */
  CANCELLED_AFTER_END,
  /** A lease is taken away after the end. */
  LEASE_LOST_AFTER_END,
  /** A report is taken after the end. */
  REPORT_AFTER_END,
  /** A lower percentage is shown as it is reported. */
  PERCENT_NOT_CLAMPED,
  /** A crash forgets reports that were acknowledged. */
  REPORTS_LOST_BY_CRASH,
  /** After a crash the log begins anew, and cursors of before are not known. */
  LIFE_OF_THE_PROCESS,
  /** A cursor that has left the memory is resumed from what is still there. */
  RESUMED_ACROSS_A_HOLE,
  /**
   * A cursor that has left the memory is answered with the state, though the milestones are stored.
   */
  FRESH_THOUGH_STORED,
  /** Only the newest event is sent to a watcher that is behind. */
  MILESTONES_CONFLATED,
  /** The state is taken first, its place in the log a moment later. */
  PLACE_AFTER_STATE,
  /** The place in the log is taken first, the state a moment later. */
  STATE_AFTER_PLACE,
  /** A cursor moves on when an event is about to be sent, not when it was sent. */
  CURSOR_AHEAD,
  /** The newest progress is sent though it is of the attempt before. */
  PROGRESS_OF_OLD_ATTEMPT,
  /** The present state is called the continuation of a cursor. */
  RECOVERED_WITHOUT_EVENTS
}
