package dev.headway.spc.live;

import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.chart.ControlChart;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.live.UnstoredSample.HeldPattern;
import dev.headway.spc.model.PatternKey;
import dev.headway.spc.model.Position;
import dev.headway.spc.model.Sample;
import dev.headway.spc.rules.Signal;
import dev.headway.spc.store.SampleStore.Range;
import dev.headway.spc.store.SpcStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The chart of one characteristic in memory: the engine of the stage that samples come in, the
 * patterns that stand in it, and the state. Restored from the store when it is first needed, and
 * again after a failed write. All but {@link #lock} is used under that lock.
 */
final class LiveChart {
  private final long id;
  private final SpcStore store;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Engine engine;
  private boolean deleted;

  /** The revision that the state is of, or a later one's state in part. */
  private long revision;

  private record Engine(
      long stageId,
      ControlChart chart,
      RecentPositions recent,
      Map<PatternKey, StandingPattern> patterns) {
    static Engine of(ChartSetup setup, Stage stage) {
      var chart = ControlChart.of(setup.kind(), stage);
      return new Engine(stage.id(), chart, new RecentPositions(chart.depth() + 1), new HashMap<>());
    }

    StandingPattern pattern(Signal signal) {
      return patterns.compute(
          StandingPattern.key(signal),
          (_, standing) ->
              standing == null || signal.begins()
                  ? new StandingPattern(signal, recent.of(signal.sampleIds().getFirst()))
                  : standing);
    }
  }

  private @Nullable CharacteristicState state;
  private @Nullable Seen told;

  LiveChart(long id, SpcStore store) {
    this.id = id;
    this.store = store;
  }

  /** One writer at a time: held while samples are judged, stored and published. */
  ReentrantLock lock() {
    return lock;
  }

  long id() {
    return id;
  }

  /** Whether the characteristic still exists. */
  boolean exists() {
    return !deleted && loaded() != null;
  }

  void delete() {
    deleted = true;
    forget();
  }

  /** The present state. */
  CharacteristicState state() {
    var present = loaded();
    if (present == null) {
      throw LiveCharts.notFound(id);
    }
    return present;
  }

  /** Goes over to a state that has been stored. */
  void moveTo(CharacteristicState next) {
    state = next;
    told = next.seen();
  }

  /** The revision that a change is made from. */
  long revision() {
    return revision;
  }

  /** Notes that a change was stored from here. */
  void countOn() {
    revision++;
  }

  /** Whether another node has changed what is in memory. */
  boolean isStale() {
    return state != null && store.characteristics().revision(id) != revision;
  }

  /** Whether more is stored than watchers were told of: the answer to a write was lost. */
  boolean isUntold() {
    return state != null && told != null && !told.equals(state.seen());
  }

  /** The newest numbers that watchers have been told of; null before anything was read. */
  @Nullable Seen told() {
    return told;
  }

  /** Drops what may differ from the store; it is read again when it is needed. */
  void forget() {
    state = null;
    engine = null;
  }

  private @Nullable CharacteristicState loaded() {
    if (state == null) {
      // Read first: what others write meanwhile makes the next change stale, and is read then.
      revision = store.characteristics().revision(id);
      state = store.characteristics().find(id).map(this::loaded).orElse(null);
      told = told == null && state != null ? state.seen() : told;
    }
    return state;
  }

  private CharacteristicState loaded(ChartSetup setup) {
    var latest = new JudgedSamples(store).latest(setup, Range.all(id), CharacteristicState.LATEST);
    var late = store.samples().lateAfter(id, 0, 1).stream().mapToLong(Sample::id).max().orElse(0);
    var newest = new Seen(late, store.violations().newestId(id), store.audit().newestId(id));
    for (var judged : latest) {
      newest = newest.withSample(judged.sample().id());
    }
    var open = store.violations().open(id, CharacteristicState.OPEN);
    var count = open.size() < CharacteristicState.OPEN ? open.size() : openCount();
    return new CharacteristicState(setup, latest, open, count, newest);
  }

  private long openCount() {
    return store.violations().counts(id).open();
  }

  /** Whether a sample lies before others that are stored. */
  boolean isLate(Sample sample) {
    var newest = state().newest();
    return newest != null && sample.position().isBefore(newest.sample().position());
  }

  /** Judges a sample; it is to be stored and published, or the chart to be forgotten. */
  UnstoredSample judge(Sample sample) {
    var present = engine(state().setup(), sample);
    present.recent().add(sample.position());
    var verdict = present.chart().accept(sample.id(), sample.observation());
    var held = new ArrayList<HeldPattern>(verdict.signals().size());
    for (var signal : verdict.signals()) {
      var pattern = present.pattern(signal);
      held.add(new HeldPattern(pattern, signal, pattern.hold(signal, sample)));
    }
    return new UnstoredSample(sample, present.stageId(), verdict, List.copyOf(held));
  }

  /** Notes that a violation was acknowledged: what goes on of its pattern is another one. */
  void acknowledged(long violationId) {
    if (engine != null) {
      engine.patterns().values().removeIf(pattern -> pattern.is(violationId));
    }
  }

  private Engine engine(ChartSetup setup, Sample sample) {
    var stage = setup.stageAt(sample.timestamp());
    var present = engine;
    if (present == null || present.stageId() != stage.id()) {
      present = restored(setup, stage, sample.position());
      engine = present;
    }
    return present;
  }

  /*
   * What a chart will say follows from its last samples. A pattern that stands among them goes on
   * as the violation that held last at the same sample, unless that was acknowledged.
   */
  private Engine restored(ChartSetup setup, Stage stage, Position next) {
    var present = Engine.of(setup, stage);
    var range = new Range(id, stage.from(), null);
    var past = store.samples().includedBefore(range, next, present.chart().depth() + 1);
    for (var sample : past) {
      present.recent().add(sample.position());
      for (var signal : present.chart().accept(sample.id(), sample.observation()).signals()) {
        present.pattern(signal).recall(sample.position());
      }
    }
    if (!past.isEmpty()) {
      bind(present, past);
    }
    return present;
  }

  private void bind(Engine present, List<Sample> past) {
    var spanning =
        store.violations().spanning(id, past.getFirst().timestamp(), past.getLast().timestamp());
    for (var violation : spanning) {
      var pattern = present.patterns().get(violation.key());
      if (pattern == null || !pattern.endsAs(violation)) {
        continue;
      }
      if (violation.acknowledged()) {
        present.patterns().remove(violation.key());
      } else {
        pattern.bind(violation);
      }
    }
  }
}
