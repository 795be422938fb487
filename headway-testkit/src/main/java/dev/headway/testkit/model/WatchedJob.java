package dev.headway.testkit.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The states of the model: one job, a database, a node that may crash, workers and watchers.
 * Immutable.
 *
 * @param stored what survives a crash
 * @param ring the newest events in the node's memory
 * @param pending the event that is stored and not yet published, or the other way round; empty for
 *     none
 * @param shown the state that was published
 * @param workers the leases that workers believe to hold: an attempt, 0 for none
 * @param watchers in a canonical order: which is which does not matter
 * @param crashes how many there were
 */
record WatchedJob(
    Stored stored,
    List<Happening> ring,
    List<Happening> pending,
    Stored shown,
    List<Integer> workers,
    List<Watcher> watchers,
    int crashes) {

  /** A kind of event. */
  enum Kind {
    CLAIMED,
    LEASE_LOST,
    CANCEL_REQUESTED,
    ENDED,
    PROGRESS;

    boolean milestone() {
      return this != PROGRESS;
    }
  }

  /**
   * An event.
   *
   * @param place where it is in the log
   * @param percent for progress
   */
  record Happening(Kind kind, Place place, int attempt, int percent) {}

  /** A place in the log: how many milestones and how many reports there were. */
  record Place(int milestones, int reports) {
    static final Place BEGINNING = new Place(0, 0);

    Place after(Kind kind) {
      return kind.milestone()
          ? new Place(milestones + 1, reports)
          : new Place(milestones, reports + 1);
    }

    int offset() {
      return milestones + reports;
    }
  }

  /**
   * The database with the ledger of reports.
   *
   * @param milestones in order
   * @param reports the number of reports
   * @param attempt the present attempt, 0 before the first
   * @param percent how far it is
   * @param leased whether its lease holds
   */
  record Stored(
      List<Happening> milestones,
      int reports,
      int attempt,
      int percent,
      boolean leased,
      boolean cancelRequested) {
    boolean ended() {
      return milestones.stream().anyMatch(each -> each.kind() == Kind.ENDED);
    }

    Place place() {
      return new Place(milestones.size(), reports);
    }

    /** The database after an event that is written with its state. */
    Stored with(Happening event) {
      return switch (event.kind()) {
        case CLAIMED -> new Stored(upTo(event), reports, event.attempt(), 0, true, cancelRequested);
        case LEASE_LOST, ENDED ->
            new Stored(upTo(event), reports, attempt, percent, false, cancelRequested);
        case CANCEL_REQUESTED -> new Stored(upTo(event), reports, attempt, percent, leased, true);
        case PROGRESS ->
            new Stored(milestones, reports + 1, attempt, event.percent(), leased, cancelRequested);
      };
    }

    private List<Happening> upTo(Happening event) {
      return appended(milestones, event);
    }
  }

  /**
   * A watcher.
   *
   * @param link whether it is connected
   * @param cursor its place, kept over a disconnection
   * @param view what it was shown
   * @param losses how often it was disconnected
   */
  record Watcher(Link link, Place cursor, View view, int losses) {}

  /** The connection of a watcher. */
  enum Link {
    /** It has never been connected. */
    NEW,
    /** A wrong join is between its two looks. */
    JOINING,
    CONNECTED,
    LOST
  }

  static <T> List<T> appended(List<T> list, T last) {
    var longer = new ArrayList<>(list);
    longer.add(last);
    return List.copyOf(longer);
  }
}
