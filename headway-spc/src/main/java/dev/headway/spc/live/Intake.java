package dev.headway.spc.live;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.input.ImportRow;
import dev.headway.spc.input.SampleCheck;
import dev.headway.spc.model.Sample;
import dev.headway.spc.rules.Signal;
import dev.headway.spc.store.ImportStore.Step;
import dev.headway.spc.store.SampleBatch;
import dev.headway.spc.store.SampleBatch.Begun;
import dev.headway.spc.store.SampleBatch.Grown;
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
  public record Taken(JudgedSample judged, List<Standing> violations) {}

  /**
   * A violation whose rule holds at a sample.
   *
   * @param violationId the violation
   * @param signal what the rule says of this sample
   * @param begins whether the violation began here; otherwise it went on
   */
  public record Standing(long violationId, Signal signal, boolean begins) {}

  /**
   * Takes in all samples or none.
   *
   * @param rows at least one; each one's line says where in the request it was
   * @param field names the part of the request that a line is
   * @throws HeadwayException VALIDATION_ERROR with every row that cannot be taken in
   */
  public List<Taken> all(List<ImportRow.Good> rows, LongFunction<String> field) {
    return taking(
        rows,
        screened -> {
          if (!screened.rejected().isEmpty()) {
            throw HeadwayException.invalid(
                screened.rejected().stream()
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
  public void possible(List<ImportRow.Good> rows, Function<Screened, @Nullable Step> step) {
    var _ = taking(rows, step);
  }

  /**
   * Lines of which the chart has said whether they can be taken in.
   *
   * @param samples those that can, without numbers
   * @param rejected those that cannot
   */
  public record Screened(List<Sample> samples, List<ImportRow.Bad> rejected) {}

  private List<Taken> taking(List<ImportRow.Good> rows, Function<Screened, @Nullable Step> step) {
    var ids = rows.stream().map(ImportRow.Good::characteristicId).toList();
    return charts.lockedAll(
        ids,
        present -> {
          var byId = new HashMap<Long, LiveChart>();
          present.forEach(chart -> byId.put(chart.id(), chart));
          var screened = screen(rows, byId);
          var mark = step.apply(screened);
          return take(screened.samples(), byId, mark);
        });
  }

  private Screened screen(List<ImportRow.Good> rows, Map<Long, LiveChart> byId) {
    var latest = new HashMap<Long, Instant>();
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var samples = new ArrayList<Sample>(rows.size());
    var rejected = new ArrayList<ImportRow.Bad>();
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
    return new Screened(samples, rejected);
  }

  private static ImportRow.Bad bad(ImportRow.Good row, Defect defect) {
    return new ImportRow.Bad(row.line(), List.of(defect));
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

  private static Sample sample(ImportRow.Good row, Instant at) {
    return new Sample(
        0,
        row.characteristicId(),
        at,
        row.observation(),
        row.batchNumber(),
        row.operatorId(),
        false);
  }

  private List<Taken> take(List<Sample> samples, Map<Long, LiveChart> byId, @Nullable Step step) {
    if (samples.isEmpty() && step == null) {
      return List.of();
    }
    var judgements = new ArrayList<Judgement>(samples.size());
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

  private void store(List<Judgement> judgements, @Nullable Step step) {
    Set<Pattern> touched = Collections.newSetFromMap(new IdentityHashMap<>());
    var inOrder = new ArrayList<Pattern>();
    for (var judgement : judgements) {
      for (var held : judgement.held()) {
        if (touched.add(held.pattern())) {
          inOrder.add(held.pattern());
        }
      }
    }
    var fresh = new ArrayList<Pattern>();
    var begun = new ArrayList<Begun>();
    var grown = new ArrayList<Grown>();
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
    var samples = judgements.stream().map(Judgement::unnumbered).toList();
    var ids = store.samples().append(new SampleBatch(samples, begun, grown, step));
    for (var at = 0; at < fresh.size(); at++) {
      fresh.get(at).stored(ids.get(at));
    }
    inOrder.forEach(pattern -> pattern.stored(pattern.violationId()));
  }

  private Taken publish(LiveChart chart, Judgement judgement) {
    var judged = judgement.judged();
    var state = chart.state().with(judged);
    for (var held : judgement.held()) {
      if (!held.begins()) {
        var gained = held.signal().sampleIds().size();
        state = state.grown(held.pattern().violationId(), judged.sample().id(), gained);
      }
    }
    charts.publish(chart, state, new SpcEvent.Sampled(judged));
    var violations = new ArrayList<Standing>(judgement.held().size());
    for (var held : judgement.held()) {
      violations.add(new Standing(held.pattern().violationId(), held.signal(), held.begins()));
      if (held.begins()) {
        var violation = held.violation(judged.sample());
        charts.publish(chart, chart.state().with(violation), new SpcEvent.Signalled(violation));
      }
    }
    return new Taken(judged, violations);
  }
}
