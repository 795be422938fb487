package dev.headway.testkit.model;

import dev.headway.testkit.model.Explorer.Step;
import dev.headway.testkit.model.WatchedJob.Happening;
import dev.headway.testkit.model.WatchedJob.Kind;
import dev.headway.testkit.model.WatchedJob.Link;
import dev.headway.testkit.model.WatchedJob.Place;
import dev.headway.testkit.model.WatchedJob.Stored;
import dev.headway.testkit.model.WatchedJob.Watcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One job with two workers, watchers, cancellation, leases that run out, and crashes of the node at
 * any moment, as the engine has it: a command is decided and stored in one step under the job's
 * lock, then published; a report is acknowledged once it is in the ledger. A cursor counts
 * milestones and reports; what the memory lacks of them is read from the database. Bounded: two
 * attempts, one cancellation, one crash, one disconnection of each watcher, a memory of two events.
 */
public final class JobModel implements Explorer.Model<WatchedJob> {
  private static final int WORKERS = 2;
  private static final int ATTEMPTS = 2;
  private static final int CRASHES = 1;
  private static final int LOSSES = 1;
  private static final int MEMORY = 2;
  private static final List<Integer> PERCENTAGES = List.of(2, 1);
  private static final Comparator<Watcher> CANONICAL = Comparator.comparing(Watcher::toString);

  private final int watchers;
  private final int reports;
  private final Set<Defect> defects;

  /**
   * @param watchers the number of watchers
   * @param reports the number of reports at most
   * @param defects what is wrong; nothing for the engine as it is meant
   */
  public JobModel(int watchers, int reports, Set<Defect> defects) {
    this.watchers = watchers;
    this.reports = reports;
    this.defects = Set.copyOf(defects);
  }

  private boolean has(Defect defect) {
    return defects.contains(defect);
  }

  @Override
  public WatchedJob initial() {
    var nothing = new Stored(List.of(), 0, 0, 0, false, false);
    return new WatchedJob(
        nothing,
        List.of(),
        List.of(),
        nothing,
        Collections.nCopies(WORKERS, 0),
        Collections.nCopies(watchers, new Watcher(Link.NEW, Place.BEGINNING, View.NOTHING, 0)),
        0);
  }

  @Override
  public @Nullable String violation(WatchedJob state) {
    var ends = state.stored().milestones().stream().filter(each -> each.kind() == Kind.ENDED);
    if (ends.count() > 1) {
      return "a job has ended twice";
    }
    return state.watchers().stream()
        .map(watcher -> watcher.view().broken())
        .filter(broken -> !broken.isEmpty())
        .findFirst()
        .orElse(null);
  }

  @Override
  public List<Step<WatchedJob>> steps(WatchedJob state) {
    var steps = new ArrayList<Step<WatchedJob>>();
    if (state.pending().isEmpty()) { // else the job's lock is held
      commands(state, steps);
    } else {
      steps.add(new Step<>("the second half of a command", settled(state)));
    }
    for (var at = 0; at < state.watchers().size(); at++) {
      watch(state, at, steps);
    }
    if (state.crashes() < CRASHES) {
      steps.add(new Step<>("crash", crashed(state)));
    }
    return steps;
  }

  private void commands(WatchedJob state, List<Step<WatchedJob>> steps) {
    var stored = state.stored();
    for (var worker = 0; worker < WORKERS; worker++) {
      if (!stored.leased() && !stored.ended() && stored.attempt() < ATTEMPTS) {
        var claimed = decided(state, Kind.CLAIMED, stored.attempt() + 1, 0);
        steps.add(new Step<>("claim", holding(claimed, worker, stored.attempt() + 1)));
      }
      if (state.workers().get(worker) > 0) {
        work(state, state.workers().get(worker), steps);
      }
    }
    if (stored.leased() || (has(Defect.LEASE_LOST_AFTER_END) && stored.ended())) {
      steps.add(
          new Step<>(
              "lease lost", decided(state, Kind.LEASE_LOST, stored.attempt(), stored.percent())));
    }
    if (!stored.cancelRequested() && (!stored.ended() || has(Defect.CANCELLED_AFTER_END))) {
      steps.add(
          new Step<>(
              "cancel", decided(state, Kind.CANCEL_REQUESTED, stored.attempt(), stored.percent())));
    }
  }

  /* What a worker does that believes to hold the lease of an attempt: it completes or cancels, or reports. */
  private void work(WatchedJob state, int lease, List<Step<WatchedJob>> steps) {
    var stored = state.stored();
    var holds = stored.leased() && stored.attempt() == lease;
    var mayEnd = has(Defect.ENDED_TWICE) && stored.ended() && stored.attempt() == lease;
    if (holds || mayEnd || (has(Defect.NO_FENCE) && !stored.ended())) {
      steps.add(new Step<>("end", decided(state, Kind.ENDED, lease, stored.percent())));
    }
    var takesLate = has(Defect.REPORT_AFTER_END) && stored.ended();
    var takesOld = has(Defect.REPORT_OF_OLD_LEASE) && stored.leased() && lease < stored.attempt();
    if ((holds || takesLate || takesOld) && stored.reports() < reports) {
      for (var percent : PERCENTAGES) {
        var shown = has(Defect.PERCENT_NOT_CLAMPED) ? percent : Math.max(percent, stored.percent());
        var done = takesOld ? 0 : shown;
        steps.add(new Step<>("report", decided(state, Kind.PROGRESS, stored.attempt(), done)));
      }
    }
  }

  private static WatchedJob with(WatchedJob state, Stored stored, List<Happening> pending) {
    return new WatchedJob(
        stored,
        state.ring(),
        pending,
        state.shown(),
        state.workers(),
        state.watchers(),
        state.crashes());
  }

  private static WatchedJob holding(WatchedJob state, int worker, int attempt) {
    var leases = new ArrayList<>(state.workers());
    leases.set(worker, attempt);
    return new WatchedJob(
        state.stored(),
        state.ring(),
        state.pending(),
        state.shown(),
        leases.stream().sorted().toList(), // which is which does not matter
        state.watchers(),
        state.crashes());
  }

  /* Stored, and to be published; with a defect, the other way round. */
  private WatchedJob decided(WatchedJob state, Kind kind, int attempt, int percent) {
    var event = new Happening(kind, state.stored().place().after(kind), attempt, percent);
    return has(Defect.PUBLISHED_BEFORE_STORED)
        ? published(with(state, state.stored(), List.of(event)), event)
        : with(state, state.stored().with(event), List.of(event));
  }

  private WatchedJob settled(WatchedJob state) {
    var event = state.pending().getFirst();
    return has(Defect.PUBLISHED_BEFORE_STORED)
        ? with(state, state.stored().with(event), List.of())
        : published(with(state, state.stored(), List.of()), event);
  }

  /* The state goes with the event; before it is stored, it is the one that it will lead to. */
  private WatchedJob published(WatchedJob state, Happening event) {
    var early = has(Defect.PUBLISHED_BEFORE_STORED);
    var all = WatchedJob.appended(state.ring(), event);
    var ring = List.copyOf(all.subList(Math.max(0, all.size() - MEMORY), all.size()));
    return new WatchedJob(
        state.stored(),
        ring,
        state.pending(),
        early ? state.stored().with(event) : state.stored(),
        state.workers(),
        state.watchers(),
        state.crashes());
  }

  /* Memory and connections are gone; the node starts again with what is stored. */
  private WatchedJob crashed(WatchedJob state) {
    var before = state.stored();
    var lost = has(Defect.REPORTS_LOST_BY_CRASH) && before.percent() > 0;
    var stored =
        new Stored(
            before.milestones(),
            before.reports(),
            before.attempt(),
            lost ? 0 : before.percent(),
            before.leased(),
            before.cancelRequested());
    return new WatchedJob(
        stored,
        List.of(),
        List.of(),
        stored,
        state.workers(),
        canonical(state.watchers().stream().map(JobModel::cutOff).toList()),
        state.crashes() + 1);
  }

  private static Watcher cutOff(Watcher watcher) {
    return watcher.link() == Link.NEW
        ? watcher
        : new Watcher(Link.LOST, watcher.cursor(), watcher.view(), watcher.losses());
  }

  private static List<Watcher> canonical(List<Watcher> watchers) {
    return watchers.stream().sorted(CANONICAL).toList();
  }

  private void watch(WatchedJob state, int at, List<Step<WatchedJob>> steps) {
    var watcher = state.watchers().get(at);
    switch (watcher.link()) {
      case NEW -> steps.add(step("join", state, at, joined(state, watcher)));
      case JOINING -> steps.add(step("join, second half", state, at, joinedLate(state, watcher)));
      case LOST -> steps.add(step("come back", state, at, resumed(state, watcher)));
      case CONNECTED -> {
        if (watcher.cursor().offset() < state.shown().place().offset()) {
          steps.add(step("deliver", state, at, delivered(state, watcher)));
          if (has(Defect.CURSOR_AHEAD) && watcher.losses() < LOSSES) {
            steps.add(step("break while sending", state, at, brokenWhileSending(state, watcher)));
          }
        }
        if (watcher.losses() < LOSSES) {
          steps.add(step("disconnect", state, at, disconnected(watcher)));
        }
      }
    }
  }

  private static Step<WatchedJob> step(String name, WatchedJob state, int at, Watcher next) {
    var others = new ArrayList<>(state.watchers());
    others.set(at, next);
    return new Step<>(
        name,
        new WatchedJob(
            state.stored(),
            state.ring(),
            state.pending(),
            state.shown(),
            state.workers(),
            canonical(others),
            state.crashes()));
  }

  private static Watcher disconnected(Watcher watcher) {
    return new Watcher(Link.LOST, watcher.cursor(), watcher.view(), watcher.losses() + 1);
  }

  /* The snapshot and its place are taken together: what is published, not what is merely stored. */
  private Watcher joined(WatchedJob state, Watcher watcher) {
    var view = watcher.view().fresh(state.shown(), false, false);
    return has(Defect.PLACE_AFTER_STATE) || has(Defect.STATE_AFTER_PLACE)
        ? new Watcher(Link.JOINING, state.shown().place(), view, watcher.losses())
        : new Watcher(Link.CONNECTED, state.shown().place(), view, watcher.losses());
  }

  private Watcher joinedLate(WatchedJob state, Watcher watcher) {
    return has(Defect.PLACE_AFTER_STATE)
        ? new Watcher(Link.CONNECTED, state.shown().place(), watcher.view(), watcher.losses())
        : new Watcher(
            Link.CONNECTED,
            watcher.cursor(),
            View.NOTHING.fresh(state.shown(), false, false),
            watcher.losses());
  }

  private Watcher resumed(WatchedJob state, Watcher watcher) {
    var gone = state.ring().size() < state.shown().place().offset() - watcher.cursor().offset();
    if (has(Defect.LIFE_OF_THE_PROCESS) && state.crashes() > 0) {
      return fresh(state, watcher, false);
    }
    if (has(Defect.FRESH_THOUGH_STORED) && gone) {
      return fresh(state, watcher, false);
    }
    if (has(Defect.RECOVERED_WITHOUT_EVENTS)) {
      return fresh(state, watcher, true);
    }
    return new Watcher(Link.CONNECTED, watcher.cursor(), watcher.view(), watcher.losses());
  }

  private static Watcher fresh(WatchedJob state, Watcher watcher, boolean recovered) {
    var view = watcher.view().fresh(state.shown(), true, recovered);
    return new Watcher(Link.CONNECTED, state.shown().place(), view, watcher.losses());
  }

  private Watcher delivered(WatchedJob state, Watcher watcher) {
    var view = watcher.view();
    for (var event : missing(state, watcher.cursor())) {
      view = view.received(event);
    }
    return new Watcher(Link.CONNECTED, state.shown().place(), view, watcher.losses());
  }

  /* The first event of several goes out, and the connection breaks. */
  private Watcher brokenWhileSending(WatchedJob state, Watcher watcher) {
    var view = watcher.view().received(missing(state, watcher.cursor()).getFirst());
    return new Watcher(Link.LOST, state.shown().place(), view, watcher.losses() + 1);
  }

  /* All milestones after a cursor, and of the progress the newest, each at its place. */
  private List<Happening> missing(WatchedJob state, Place cursor) {
    var all = new ArrayList<Happening>();
    if (!has(Defect.RESUMED_ACROSS_A_HOLE)) {
      var stored = state.stored().milestones();
      var known = Math.min(stored.size(), state.shown().place().milestones());
      all.addAll(stored.subList(Math.min(cursor.milestones(), known), known));
    }
    for (var event : state.ring()) {
      var unseen = event.place().offset() > cursor.offset();
      if (unseen && event.kind().milestone() && !all.contains(event)) {
        all.add(event);
      }
    }
    newestProgress(state, cursor, all);
    return has(Defect.MILESTONES_CONFLATED) ? List.of(all.getLast()) : all;
  }

  private void newestProgress(WatchedJob state, Place cursor, List<Happening> all) {
    var shown = state.shown().place();
    if (shown.reports() <= cursor.reports()) {
      return;
    }
    var newest =
        state.ring().reversed().stream()
            .filter(each -> each.kind() == Kind.PROGRESS)
            .findFirst()
            .orElse(null);
    var current = state.shown();
    if (newest == null) { // out of memory: as the state has it, unless a milestone tells it, too
      if (all.isEmpty() || all.getLast().place().reports() < shown.reports()) {
        all.add(new Happening(Kind.PROGRESS, shown, current.attempt(), current.percent()));
      }
    } else if (has(Defect.PROGRESS_OF_OLD_ATTEMPT)) {
      all.add(new Happening(Kind.PROGRESS, shown, newest.attempt(), newest.percent()));
    } else {
      place(newest, all);
    }
  }

  private static void place(Happening progress, List<Happening> all) {
    var at = 0;
    while (at < all.size() && all.get(at).place().offset() < progress.place().offset()) {
      at++;
    }
    all.add(at, progress);
  }
}
