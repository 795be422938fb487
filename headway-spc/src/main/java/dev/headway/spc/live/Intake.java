package dev.headway.spc.live;

import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
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
   * @param repeated whether it had been stored before, under the same key
   */
  public record StoredSample(JudgedSample judged, List<HeldRule> violations, boolean repeated) {}

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
        (byId, acceptance) -> {
          if (!acceptance.refused().isEmpty()) {
            throw HeadwayException.invalid(
                acceptance.refused().stream()
                    .flatMap(bad -> bad.defects().stream().map(located(field.apply(bad.line()))))
                    .toList());
          }
          var taken = take(acceptance, byId, null);
          return inOrder(rows, acceptance, taken);
        });
  }

  /** The stored samples of rows, none of which was refused. */
  private List<StoredSample> inOrder(
      List<NewSample> rows, Acceptance acceptance, List<StoredSample> taken) {
    var repeated = acceptance.repeated();
    var known = stored(repeated);
    var next = taken.iterator();
    return rows.stream()
        .map(row -> repeated.contains(row) ? required(known, row) : next.next())
        .toList();
  }

  private static StoredSample required(Map<NewSample, StoredSample> known, NewSample row) {
    var stored = known.get(row);
    if (stored == null) {
      throw new HeadwayException(
          ErrorCode.CONFLICT, "The sample of the key '%s' has been deleted".formatted(row.key()));
    }
    return stored;
  }

  /** The samples that rows were stored as before, or as one of the same request. */
  private Map<NewSample, StoredSample> stored(Set<NewSample> repeated) {
    var found = new HashMap<NewSample, StoredSample>();
    for (var row : repeated) {
      var key = String.valueOf(row.key());
      var id = store.samples().ofKeys(row.characteristicId(), List.of(key)).getOrDefault(key, 0L);
      charts
          .state(row.characteristicId())
          .ifPresent(state ->
              judgedSamples
                  .find(state.setup(), id)
                  .ifPresent(judged ->
                      found.put(row, new StoredSample(judged, held(state, judged), true))));
    }
    return found;
  }

  private List<HeldRule> held(CharacteristicState state, JudgedSample judged) {
    return judgedSamples.holdingAt(state.setup(), judged).stream()
        .map(violation -> HeldRule.of(violation, judged.sample().id()))
        .toList();
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
    var _ = taking(rows, (byId, acceptance) -> take(acceptance, byId, step.apply(acceptance)));
  }

  /**
   * A sample that its chart accepts.
   *
   * @param sample the sample, without a number
   * @param key the key under which it is to be stored; null for none
   */
  public record AcceptedSample(Sample sample, @Nullable String key) {}

  /**
   * The rows that their charts accept and those that they do not.
   *
   * @param samples the accepted ones
   * @param refused those that are refused
   * @param repeated those that were stored before under the same key, or stand twice in the request
   */
  public record Acceptance(
      List<AcceptedSample> samples, List<RefusedRow> refused, Set<NewSample> repeated) {}

  private List<StoredSample> taking(
      List<NewSample> rows,
      BiFunction<Map<Long, LiveChart>, Acceptance, List<StoredSample>> taking) {
    var ids = rows.stream().map(NewSample::characteristicId).toList();
    return charts.lockedAll(
        ids,
        present -> {
          var byId = new HashMap<Long, LiveChart>();
          present.forEach(chart -> byId.put(chart.id(), chart));
          return taking.apply(byId, accept(rows, byId));
        });
  }

  private Acceptance accept(List<NewSample> rows, Map<Long, LiveChart> byId) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var known = knownKeys(rows);
    var acceptance =
        new Acceptance(new ArrayList<>(rows.size()), new ArrayList<>(), new HashSet<>());
    for (var row : rows) {
      var chart = byId.get(row.characteristicId());
      var keys = known.getOrDefault(row.characteristicId(), new HashSet<>());
      if (chart == null) {
        acceptance.refused().add(bad(row, unknown(row.characteristicId())));
      } else if (row.key() != null && keys.contains(row.key())) {
        acceptance.repeated().add(row);
      } else if (accept(row, chart, now, acceptance) && row.key() != null) {
        keys.add(row.key());
      }
    }
    return acceptance;
  }

  private boolean accept(NewSample row, LiveChart chart, Instant now, Acceptance acceptance) {
    var newest = newestTime(chart);
    var at = at(row.timestamp(), newest, now);
    var defect = times.defect(at, newest, now);
    if (defect == null) {
      acceptance.samples().add(new AcceptedSample(sample(row, at), row.key()));
    } else {
      acceptance.refused().add(bad(row, defect));
    }
    return defect == null;
  }

  /** The keys among those of rows that samples are stored under, by characteristic. */
  private Map<Long, Set<String>> knownKeys(List<NewSample> rows) {
    var sent = new HashMap<Long, Set<String>>();
    for (var row : rows) {
      if (row.key() != null) {
        sent.computeIfAbsent(row.characteristicId(), _ -> new HashSet<>()).add(row.key());
      }
    }
    var known = new HashMap<Long, Set<String>>();
    sent.forEach(
        (id, keys) -> known.put(id, new HashSet<>(store.samples().ofKeys(id, keys).keySet())));
    return known;
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
      Acceptance acceptance, Map<Long, LiveChart> byId, @Nullable Step step) {
    var accepted = acceptance.samples();
    if (accepted.isEmpty() && step == null) {
      return List.of();
    }
    var above = byId.values().stream().mapToLong(chart -> chart.state().seen().sample()).max();
    var samples = numbered(accepted.stream().map(AcceptedSample::sample).toList(), above.orElse(0));
    var batch = new UnstoredBatch(store, keys(accepted, samples));
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

  private static Map<Long, String> keys(List<AcceptedSample> accepted, List<Sample> numbered) {
    var keys = new HashMap<Long, String>();
    for (var at = 0; at < accepted.size(); at++) {
      var key = accepted.get(at).key();
      if (key != null) {
        keys.put(numbered.get(at).id(), key);
      }
    }
    return keys;
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
    return new StoredSample(judged, unstored.held().stream().map(HeldRule::of).toList(), false);
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
      stored.put(sample.id(), new StoredSample(judged, held(state, judged), false));
    }
    charts.publish(late.chart(), events);
    charts.publishRejudged(late.chart(), late.outcome(), found, before);
    return stored;
  }
}
