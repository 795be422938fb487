package dev.headway.spc.live;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.input.NewSample;
import dev.headway.spc.input.RefusedRow;
import dev.headway.spc.input.SampleTimes;
import dev.headway.spc.model.PatternKey;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Severity;
import dev.headway.spc.model.Violation;
import dev.headway.spc.store.ImportStore.Step;
import dev.headway.spc.store.SpcStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes samples in: judges them, stores them with their violations in one transaction, and
 * publishes them once that is committed. Safe for use by any thread; blocks on the store.
 */
public final class Intake {
  private final LiveCharts charts;
  private final SpcStore store;
  private final JudgedSamples judgedSamples;
  private final SampleTimes times;
  private final InstantSource clock;

  /**
   * @param charts judge
   * @param store keeps
   * @param times which times of samples are accepted
   * @param clock stamps samples that come without a time
   */
  public Intake(LiveCharts charts, SpcStore store, SampleTimes times, InstantSource clock) {
    this.charts = charts;
    this.store = store;
    this.judgedSamples = new JudgedSamples(store);
    this.times = times;
    this.clock = clock;
  }

  /**
   * A sample that was stored.
   *
   * @param judged the sample with its verdict
   * @param violations the violations of the rules that hold at it
   */
  public record StoredSample(JudgedSample judged, List<HeldRule> violations) {}

  /**
   * A violation whose rule holds at a sample.
   *
   * @param violationId the violation
   * @param key the kind of pattern
   * @param severity of the violation
   * @param begins whether the violation began here; otherwise it went on
   */
  public record HeldRule(long violationId, PatternKey key, Severity severity, boolean begins) {
    static HeldRule of(UnstoredSample.HeldPattern held) {
      var signal = held.signal();
      return new HeldRule(
          held.pattern().violationId(),
          StandingPattern.key(signal),
          signal.severity(),
          held.begins());
    }

    static HeldRule of(Violation violation, long sampleId) {
      return new HeldRule(
          violation.id(), violation.key(), violation.severity(), violation.sampleId() == sampleId);
    }
  }

  /**
   * Takes in all samples or none.
   *
   * @param rows at least one; each one's line says where in the request it was
   * @param field names the part of the request that a line is
   * @return the samples as they were stored, in the order given
   * @throws HeadwayException VALIDATION_ERROR with every row that cannot be taken in
   */
  public List<StoredSample> all(List<NewSample> rows, LongFunction<String> field) {
    return taking(
        rows,
        acceptance -> {
          if (!acceptance.refused().isEmpty()) {
            throw HeadwayException.invalid(
                acceptance.refused().stream()
                    .flatMap(bad -> bad.defects().stream().map(located(field.apply(bad.line()))))
                    .toList());
          }
          return null;
        });
  }

  private static UnaryOperator<Defect> located(String path) {
    return defect -> Defect.ofField(path + defect.field(), defect.message());
  }

  /**
   * Takes in what can be taken in.
   *
   * @param step given how many samples are stored and which lines are not, says how far the import
   *     has come: stored in the same transaction
   */
  public void possible(List<NewSample> rows, Function<Acceptance, @Nullable Step> step) {
    var _ = taking(rows, step);
  }

  /**
   * The rows that their charts accept and those that they refuse.
   *
   * @param samples the accepted ones, without numbers
   * @param refused the others
   */
  public record Acceptance(List<Sample> samples, List<RefusedRow> refused) {}

  private List<StoredSample> taking(
      List<NewSample> rows, Function<Acceptance, @Nullable Step> step) {
    var ids = rows.stream().map(NewSample::characteristicId).toList();
    return charts.lockedAll(
        ids,
        present -> {
          var byId = new HashMap<Long, LiveChart>();
          present.forEach(chart -> byId.put(chart.id(), chart));
          var acceptance = accept(rows, byId);
          var mark = step.apply(acceptance);
          return take(acceptance.samples(), byId, mark);
        });
  }

  private Acceptance accept(List<NewSample> rows, Map<Long, LiveChart> byId) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var samples = new ArrayList<Sample>(rows.size());
    var refused = new ArrayList<RefusedRow>();
    for (var row : rows) {
      var chart = byId.get(row.characteristicId());
      if (chart == null) {
        refused.add(bad(row, unknown(row.characteristicId())));
        continue;
      }
      var newest = newestTime(chart);
      var at = at(row.timestamp(), newest, now);
      var defect = times.defect(at, newest, now);
      if (defect == null) {
        samples.add(sample(row, at));
      } else {
        refused.add(bad(row, defect));
      }
    }
    return new Acceptance(samples, refused);
  }

  private static RefusedRow bad(NewSample row, Defect defect) {
    return new RefusedRow(row.line(), List.of(defect));
  }

  private static Defect unknown(long id) {
    return Defect.ofField("characteristic_id", id + " is no characteristic");
  }

  private static @Nullable Instant newestTime(LiveChart chart) {
    var newest = chart.state().newest();
    return newest == null ? null : newest.sample().timestamp();
  }

  /** A sample without a time was taken now, or at the latest one's time if that lies ahead. */
  private static Instant at(@Nullable Instant given, @Nullable Instant latest, Instant now) {
    if (given != null) {
      return given.truncatedTo(ChronoUnit.MICROS);
    }
    return latest != null && latest.isAfter(now) ? latest : now;
  }

  private static Sample sample(NewSample row, Instant at) {
    return new Sample(
        0,
        row.characteristicId(),
        at,
        row.observation(),
        row.batchNumber(),
        row.operatorId(),
        false);
  }

  private List<StoredSample> take(
      List<Sample> accepted, Map<Long, LiveChart> byId, @Nullable Step step) {
    if (accepted.isEmpty() && step == null) {
      return List.of();
    }
    var above = byId.values().stream().mapToLong(chart -> chart.state().seen().sample()).max();
    var samples = numbered(accepted, above.orElse(0));
    var batch = new UnstoredBatch(store);
    List<Long> found;
    try {
      inOrder(samples).forEach((id, own) -> batch.judge(chart(byId, id), own));
      found = batch.stored(store.write(batch.write(step), clock.instant()));
    } catch (RuntimeException | Error failure) {
      // The charts have seen samples that are not stored.
      byId.values().forEach(LiveChart::forget);
      throw failure;
    }
    var stored = published(batch, byId, found);
    return samples.stream().map(sample -> stored.get(sample.id())).toList();
  }

  private List<Sample> numbered(List<Sample> samples, long above) {
    var number = samples.isEmpty() ? 0 : store.numbers().take(samples.size(), above);
    var numbered = new ArrayList<Sample>(samples.size());
    for (var sample : samples) {
      numbered.add(sample.numbered(number));
      number++;
    }
    return numbered;
  }

  private static Map<Long, List<Sample>> inOrder(List<Sample> samples) {
    var byChart = new TreeMap<Long, List<Sample>>();
    samples.stream()
        .sorted(Comparator.comparing(Sample::position))
        .forEach(sample ->
            byChart.computeIfAbsent(sample.characteristicId(), _ -> new ArrayList<>()).add(sample));
    return byChart;
  }

  private static LiveChart chart(Map<Long, LiveChart> byId, long id) {
    var chart = byId.get(id);
    if (chart == null) {
      throw new IllegalStateException("No chart for characteristic " + id);
    }
    return chart;
  }

  private Map<Long, StoredSample> published(
      UnstoredBatch batch, Map<Long, LiveChart> byId, List<Long> found) {
    var stored = new HashMap<Long, StoredSample>();
    for (var unstored : batch.onTime()) {
      var sample = unstored.sample();
      stored.put(sample.id(), publish(chart(byId, sample.characteristicId()), unstored));
    }
    var from = 0;
    for (var late : batch.late()) {
      var to = from + late.outcome().changes().begun().size();
      stored.putAll(publish(late, found.subList(from, to)));
      from = to;
    }
    return stored;
  }

  private StoredSample publish(LiveChart chart, UnstoredSample unstored) {
    var judged = unstored.judged();
    var position = judged.sample().position();
    var state = chart.state().with(judged);
    for (var held : unstored.held()) {
      if (!held.begins()) {
        var gained = held.signal().sampleIds().size();
        state = state.grown(held.pattern().violationId(), position, gained);
      }
    }
    charts.publish(chart, state, new SpcEvent.Sampled(judged, state.seen()));
    for (var held : unstored.held()) {
      if (held.begins()) {
        var violation = held.violation(judged.sample());
        var next = chart.state().with(violation);
        charts.publish(chart, next, new SpcEvent.ViolationBegan(violation, next.seen()));
      }
    }
    return new StoredSample(judged, unstored.held().stream().map(HeldRule::of).toList());
  }

  private Map<Long, StoredSample> publish(UnstoredBatch.LateSamples late, List<Long> found) {
    var stored = new HashMap<Long, StoredSample>();
    var before = late.chart().state().seen();
    late.chart().forget();
    var state = late.chart().state();
    var events = new ArrayList<SpcEvent>();
    for (var sample : late.samples()) {
      var judged = judgedSamples.judged(state.setup(), List.of(sample)).getFirst();
      events.add(new SpcEvent.Sampled(judged, before));
      var rules =
          judgedSamples.holdingAt(state.setup(), judged).stream()
              .map(violation -> HeldRule.of(violation, sample.id()))
              .toList();
      stored.put(sample.id(), new StoredSample(judged, rules));
    }
    charts.publish(late.chart(), events);
    charts.publishRejudged(late.chart(), late.outcome(), found, before);
    return stored;
  }
}
