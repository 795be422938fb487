package dev.headway.testkit.model;

import dev.headway.testkit.model.WatchedJob.Happening;
import dev.headway.testkit.model.WatchedJob.Kind;
import dev.headway.testkit.model.WatchedJob.Place;
import dev.headway.testkit.model.WatchedJob.Stored;
import org.jspecify.annotations.Nullable;

/**
 * A watcher's view of a job, and the first promise that was broken to it: no milestone is lost or
 * comes twice, progress rises, the end is the last and comes once, and {@code recovered} is true.
 *
 * @param place the last milestone and report that it knows of
 * @param broken empty while every promise was kept
 */
record View(Place place, int attempt, int percent, boolean ended, String broken) {
  static final View NOTHING = new View(Place.BEGINNING, 0, 0, false, "");

  View received(Happening event) {
    var wrong = wrong(event);
    if (wrong != null) {
      return broken(wrong);
    }
    return switch (event.kind()) {
      case CLAIMED -> at(event.place(), event.attempt(), 0, false);
      case LEASE_LOST, CANCEL_REQUESTED, PROGRESS ->
          at(event.place(), attempt, event.percent(), false);
      case ENDED -> at(event.place(), attempt, event.percent(), true);
    };
  }

  private View at(Place next, int number, int done, boolean last) {
    return new View(next, number, done, last, broken);
  }

  private @Nullable String wrong(Happening event) {
    if (ended) {
      return event.kind() == Kind.ENDED ? "a second end" : "an event after the end";
    }
    if (event.kind().milestone() && event.place().milestones() != place.milestones() + 1) {
      return "a milestone is lost or comes twice";
    }
    if (event.kind() == Kind.CLAIMED) {
      return null;
    }
    return event.kind().milestone() ? falls(event) : wrongProgress(event);
  }

  private @Nullable String wrongProgress(Happening event) {
    if (event.place().milestones() != place.milestones()) {
      return "progress out of order";
    }
    if (event.place().reports() <= place.reports()) {
      return "progress comes twice";
    }
    return falls(event);
  }

  private @Nullable String falls(Happening event) {
    if (event.attempt() != attempt) {
      return "an event of another attempt";
    }
    return event.percent() >= percent ? null : "the percentage falls";
  }

  /** The view after a snapshot; one that takes up a cursor must not have needed it. */
  View fresh(Stored state, boolean known, boolean recovered) {
    var at = state.place();
    if (known && !recovered) {
      return broken("recovered is false for a cursor whose events are stored");
    }
    if (recovered && !at.equals(place)) {
      return broken("recovered is true without the events");
    }
    return state.attempt() == attempt && state.percent() < percent
        ? broken("the percentage falls")
        : new View(at, state.attempt(), state.percent(), state.ended(), broken);
  }

  private View broken(String promise) {
    return new View(place, attempt, percent, ended, promise);
  }
}
