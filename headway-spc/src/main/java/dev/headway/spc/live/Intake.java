package dev.headway.spc.live;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.input.NewSample;
import dev.headway.spc.input.RefusedRow;
import dev.headway.spc.input.SampleCheck;
import dev.headway.spc.model.Sample;
import dev.headway.spc.rules.Signal;
import dev.headway.spc.store.ImportStore.Step;
import dev.headway.spc.store.SampleBatch;
import dev.headway.spc.store.SampleBatch.GrownViolation;
import dev.headway.spc.store.SampleBatch.NewViolation;
import dev.headway.spc.store.SpcStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final InstantSource clock;

  /**
   * @param charts judge
   * @param store keeps
   * @param clock stamps samples that come without a time
   */
  public Intake(LiveCharts charts, SpcStore store, InstantSource clock) {
    this.charts = charts;
    this.store = store;
    this.clock = clock;
  }

  /**
   * A sample that was taken in.
   *
   * @param judged the sample, with what its chart says of it
   * @param violations the violations of the rules that hold at it
   */
  public record StoredSample(JudgedSample judged, List<HeldRule> violations) {}

  /**
   * A violation whose rule holds at a sample.
   *
   * @param violationId the violation
   * @param signal what the rule says of this sample
   * @param begins whether the violation began here; otherwise it went on
   */
  public record HeldRule(long violationId, Signal signal, boolean begins) {}

  /**
   * Takes in all samples or none.
   *
   * @param rows at least one; each one's line says where in the request it was
   * @param field names the part of the request that a line is
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
   * The rows that a chart accepts and those that it refuses.
   *
   * @param samples those that can, without numbers
   * @param refused those that cannot
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
    var latest = new HashMap<Long, Instant>();
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var samples = new ArrayList<Sample>(rows.size());
    var rejected = new ArrayList<RefusedRow>();
    for (var row : rows) {
      var chart = byId.get(row.characteristicId());
      if (chart == null) {
        rejected.add(bad(row, unknown(row.characteristicId())));
        continue;
      }
      var before = latest.computeIfAbsent(row.characteristicId(), _ -> newestTime(chart));
      var at = at(row.timestamp(), before, now);
      var disorder = SampleCheck.order(at, before);
      if (disorder == null) {
        latest.put(row.characteristicId(), at);
        samples.add(sample(row, at));
      } else {
        rejected.add(bad(row, disorder));
      }
    }
    return new Acceptance(samples, rejected);
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
      List<Sample> samples, Map<Long, LiveChart> byId, @Nullable Step step) {
    if (samples.isEmpty() && step == null) {
      return List.of();
    }
    var judgements = new ArrayList<UnstoredSample>(samples.size());
    try {
      var number = samples.isEmpty() ? 0 : store.numbers().take(samples.size());
      for (var sample : samples) {
        judgements.add(chart(byId, sample).judge(sample.numbered(number)));
        number++;
      }
      store(judgements, step);
    } catch (RuntimeException | Error failure) {
      // The charts have seen samples that are not stored.
      byId.values().forEach(LiveChart::forget);
      throw failure;
    }
    return judgements.stream()
        .map(judged -> publish(chart(byId, judged.sample()), judged))
        .toList();
  }

  private static LiveChart chart(Map<Long, LiveChart> byId, Sample sample) {
    var chart = byId.get(sample.characteristicId());
    if (chart == null) {
      throw new IllegalStateException("No chart for " + sample);
    }
    return chart;
  }

  private void store(List<UnstoredSample> judgements, @Nullable Step step) {
    Set<StandingPattern> touched = Collections.newSetFromMap(new IdentityHashMap<>());
    var inOrder = new ArrayList<StandingPattern>();
    for (var judgement : judgements) {
      for (var held : judgement.held()) {
        if (touched.add(held.pattern())) {
          inOrder.add(held.pattern());
        }
      }
    }
    var fresh = new ArrayList<StandingPattern>();
    var begun = new ArrayList<NewViolation>();
    var grown = new ArrayList<GrownViolation>();
    for (var pattern : inOrder) {
      var beginning = pattern.begun();
      var growth = pattern.grown();
      if (beginning != null) {
        fresh.add(pattern);
        begun.add(beginning);
      } else if (growth != null) {
        grown.add(growth);
      }
    }
    var samples = judgements.stream().map(UnstoredSample::unnumbered).toList();
    var ids = store.samples().append(new SampleBatch(samples, begun, grown, step));
    for (var at = 0; at < fresh.size(); at++) {
      fresh.get(at).stored(ids.get(at));
    }
    inOrder.forEach(pattern -> pattern.stored(pattern.violationId()));
  }

  private StoredSample publish(LiveChart chart, UnstoredSample judgement) {
    var judged = judgement.judged();
    var state = chart.state().with(judged);
    for (var held : judgement.held()) {
      if (!held.begins()) {
        var gained = held.signal().sampleIds().size();
        state = state.grown(held.pattern().violationId(), judged.sample().id(), gained);
      }
    }
    charts.publish(chart, state, new SpcEvent.Sampled(judged));
    var violations = new ArrayList<HeldRule>(judgement.held().size());
    for (var held : judgement.held()) {
      violations.add(new HeldRule(held.pattern().violationId(), held.signal(), held.begins()));
      if (held.begins()) {
        var violation = held.violation(judged.sample());
        charts.publish(chart, chart.state().with(violation), new SpcEvent.Signalled(violation));
      }
    }
    return new StoredSample(judged, violations);
  }
}
