package dev.headway.spc.live;

import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.chart.ControlChart;
import dev.headway.spc.live.UnstoredSample.Held;
import dev.headway.spc.model.Sample;
import dev.headway.spc.rules.Signal;
import dev.headway.spc.store.SampleBatch.PatternKey;
import dev.headway.spc.store.SampleStore.Range;
import dev.headway.spc.store.SpcStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The chart of one characteristic in memory: its engines, the patterns that stand, and its state.
 * Restored from the store when it is first needed, and again after a failed write. All but {@link
 * #lock} is used under that lock.
 */
final class LiveChart {
  private final long id;
  private final SpcStore store;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Engine engine;
  private boolean deleted;

  private record Engine(ControlChart chart, Map<PatternKey, StandingPattern> patterns) {}

  private @Nullable CharacteristicState state;

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
      throw new IllegalStateException("The characteristic " + id + " does not exist");
    }
    return present;
  }

  /** Goes over to a state that has been stored. */
  void moveTo(CharacteristicState next) {
    state = next;
  }

  /** Goes over to other limits or rules: the chart is made anew from the last samples. */
  CharacteristicState reconfigure(ChartSetup setup) {
    var next = state().with(setup);
    state = next;
    engine = null;
    return next;
  }

  /** Drops what may differ from the store; it is read again when it is needed. */
  void forget() {
    state = null;
    engine = null;
  }

  private @Nullable CharacteristicState loaded() {
    if (state == null) {
      state =
          store
              .characteristics()
              .find(id)
              .map(setup ->
                  new CharacteristicState(
                      setup,
                      store.samples().latest(Range.all(id), CharacteristicState.LATEST),
                      store.violations().open(id, CharacteristicState.OPEN)))
              .orElse(null);
    }
    return state;
  }

  /** Judges a sample; it is to be stored and published, or the chart to be forgotten. */
  UnstoredSample judge(Sample sample) {
    var present = engine();
    var verdict = present.chart().accept(sample.id(), sample.observation());
    var held = new ArrayList<Held>(verdict.signals().size());
    for (var signal : verdict.signals()) {
      var pattern = pattern(present.patterns(), signal);
      var begins = pattern.hold(signal, sample);
      held.add(new Held(pattern, signal, begins, pattern.waiting()));
    }
    return new UnstoredSample(sample, verdict, held);
  }

  private static StandingPattern pattern(Map<PatternKey, StandingPattern> patterns, Signal signal) {
    return patterns.compute(
        StandingPattern.form(signal),
        (_, standing) ->
            standing == null || signal.begins() ? new StandingPattern(signal) : standing);
  }

  private Engine engine() {
    var present = engine;
    if (present == null) {
      present = restored(state().setup());
      engine = present;
    }
    return present;
  }

  /*
   * What a chart will say follows from its last samples. A pattern that stands among them goes on
   * as the violation that held last at the same sample; one for which there is none, because the
   * rules or limits were different, will be a new violation if it goes on.
   */
  private Engine restored(ChartSetup setup) {
    var chart = setup.chart();
    var patterns = new HashMap<PatternKey, StandingPattern>();
    for (var judged : store.samples().latestIncluded(id, chart.depth())) {
      var sample = judged.sample();
      for (var signal : chart.accept(sample.id(), sample.observation()).signals()) {
        pattern(patterns, signal).recall(signal, sample);
      }
    }
    for (var violation : store.violations().newestOfEachForm(id)) {
      var form = new PatternKey(violation.statistic(), violation.rule(), violation.side());
      var pattern = patterns.get(form);
      if (pattern != null) {
        pattern.bind(violation);
      }
    }
    return new Engine(chart, patterns);
  }
}
