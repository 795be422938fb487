package dev.headway.spc.live;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Json;
import dev.headway.server.http.JsonCodec;
import dev.headway.spc.chart.ChartRules;
import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.input.DefinitionDraft;
import dev.headway.spc.limits.ControlLimits;
import dev.headway.spc.model.Acknowledgment;
import dev.headway.spc.model.Definition;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Violation;
import dev.headway.spc.store.AuditEntry;
import dev.headway.spc.store.AuditEntry.Action;
import dev.headway.spc.store.SpcStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people change: each change is stored with its entry in the record of changes, then
 * published. Safe for use by any thread; blocks on the store.
 */
public final class ChartChanges {
  private final LiveCharts charts;
  private final SpcStore store;
  private final InstantSource clock;

  /**
   * @param charts go over to what was changed
   * @param store keeps it
   * @param clock stamps it
   */
  public ChartChanges(LiveCharts charts, SpcStore store, InstantSource clock) {
    this.charts = charts;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Makes a characteristic with the default rules of its kind.
   *
   * @throws HeadwayException CONFLICT when its name is taken
   */
  public ChartSetup create(Definition definition, String actor) {
    var rules = ChartRules.defaultFor(definition.kind());
    var after = JsonCodec.json(DefinitionDraft.of(definition));
    return store
        .characteristics()
        .add(definition, rules, id -> entry(id, Action.CREATED, id, actor, null, after))
        .orElseThrow(() -> nameTaken(definition));
  }

  private AuditEntry entry(
      long characteristic,
      Action action,
      long subject,
      String actor,
      @Nullable Json before,
      @Nullable Json after) {
    return new AuditEntry(0, characteristic, action, subject, actor, now(), before, after);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static HeadwayException nameTaken(Definition definition) {
    return new HeadwayException(
        ErrorCode.CONFLICT,
        "The name '%s' is taken by another characteristic".formatted(definition.name()));
  }

  /**
   * Defines a characteristic anew.
   *
   * @throws HeadwayException NOT_FOUND; CONFLICT when the name is taken, or when the kind of chart
   *     or the subgroup size would change although there are samples
   */
  public ChartSetup redefine(long id, Definition definition, String actor) {
    return charts
        .locked(
            id,
            chart -> {
              var before = chart.state().setup();
              var setup = before.with(definition);
              requireFit(before, setup);
              var audit =
                  entry(
                      id,
                      Action.CHANGED,
                      id,
                      actor,
                      JsonCodec.json(DefinitionDraft.of(before.definition())),
                      JsonCodec.json(DefinitionDraft.of(definition)));
              replace(setup, audit);
              charts.renew(chart, chart.reconfigure(setup));
              return setup;
            })
        .orElseThrow(() -> LiveCharts.notFound(id));
  }

  private void requireFit(ChartSetup before, ChartSetup after) {
    var sameChart =
        before.kind() == after.kind()
            && before.definition().subgroupSize() == after.definition().subgroupSize();
    if (!sameChart && store.samples().any(before.id())) {
      throw new HeadwayException(
          ErrorCode.CONFLICT,
          "Characteristic %d has samples; make another one for another chart_type or subgroup_size"
              .formatted(before.id()));
    }
  }

  private void replace(ChartSetup setup, AuditEntry audit) {
    if (!store.characteristics().replace(setup, audit)) {
      throw nameTaken(setup.definition());
    }
  }

  /**
   * Deletes a characteristic with its samples and violations.
   *
   * @throws HeadwayException NOT_FOUND
   */
  public void delete(long id, String actor) {
    var deleted =
        charts.locked(
            id,
            chart -> {
              var before = JsonCodec.json(DefinitionDraft.of(chart.state().setup().definition()));
              store
                  .characteristics()
                  .delete(id, entry(id, Action.DELETED, id, actor, before, null));
              charts.remove(chart);
              return id;
            });
    if (deleted.isEmpty()) {
      throw LiveCharts.notFound(id);
    }
  }

  /**
   * Puts limits in force.
   *
   * @throws HeadwayException NOT_FOUND
   */
  public CharacteristicState limit(long id, ControlLimits limits, String actor) {
    return charts
        .locked(
            id,
            chart -> {
              var before = chart.state().setup();
              var setup = before.with(limits);
              var audit =
                  entry(
                      id, Action.LIMITS, id, actor, described(before.limits()), described(limits));
              replace(setup, audit);
              var state = chart.reconfigure(setup);
              var event =
                  new SpcEvent.LimitsChanged(id, limits, state.shownSize(), state.newestId());
              charts.publish(chart, state, event);
              return state;
            })
        .orElseThrow(() -> LiveCharts.notFound(id));
  }

  private static @Nullable Json described(@Nullable ControlLimits limits) {
    return limits == null ? null : JsonCodec.json(Map.of(limits.method().wireName(), limits));
  }

  /**
   * Puts rules in force.
   *
   * @throws HeadwayException NOT_FOUND
   */
  public ChartSetup rule(long id, ChartRules rules, String actor) {
    return charts
        .locked(
            id,
            chart -> {
              var before = chart.state().setup();
              var setup = before.with(rules);
              replace(
                  setup,
                  entry(id, Action.RULES, id, actor, described(before.rules()), described(rules)));
              charts.renew(chart, chart.reconfigure(setup));
              return setup;
            })
        .orElseThrow(() -> LiveCharts.notFound(id));
  }

  private static Json described(ChartRules rules) {
    return JsonCodec.json(
        Map.of("rules", rules.location().all(), "dispersion_rules", rules.dispersion().all()));
  }

  /**
   * Takes a sample out of limits, rules and capability, or in again. Samples that follow it are
   * judged anew, as far as the rules look back; violations that were found stay on record.
   *
   * @throws HeadwayException NOT_FOUND
   */
  public JudgedSample exclude(long sampleId, boolean excluded, String actor) {
    var missing = HeadwayException.notFound("Sample " + sampleId);
    var found = store.samples().find(sampleId).orElseThrow(() -> missing);
    return charts
        .locked(
            found.sample().characteristicId(),
            chart -> {
              var judged = store.samples().find(sampleId).orElseThrow(() -> missing);
              return judged.sample().excluded() == excluded
                  ? judged
                  : excluded(chart, judged, excluded, actor);
            })
        .orElseThrow(() -> missing);
  }

  private JudgedSample excluded(
      LiveChart chart, JudgedSample judged, boolean excluded, String actor) {
    var sample = judged.sample();
    var audit =
        entry(
            chart.id(),
            excluded ? Action.EXCLUDED : Action.INCLUDED,
            sample.id(),
            actor,
            JsonCodec.json(Map.of("excluded", !excluded)),
            JsonCodec.json(Map.of("excluded", excluded)));
    var rejudged = rejudged(chart.state().setup(), sample.withExcluded(excluded));
    store.samples().exclude(sample.id(), excluded, rejudged, audit);
    chart.forget();
    var changed = store.samples().find(sample.id()).orElse(judged);
    var state = chart.state();
    charts.publish(chart, state, new SpcEvent.ExclusionChanged(changed, state.newestId()));
    return changed;
  }

  /**
   * The samples from the given one on, as far as the rules look back, judged without or with it.
   */
  private List<JudgedSample> rejudged(ChartSetup setup, Sample sample) {
    var chart = setup.chart();
    var depth = chart.depth();
    for (var before : store.samples().includedBefore(sample, depth)) {
      chart.accept(before.sample().id(), before.sample().observation());
    }
    var rejudged = new ArrayList<JudgedSample>();
    if (!sample.excluded()) {
      var verdict = chart.accept(sample.id(), sample.observation());
      rejudged.add(JudgedSample.of(sample, verdict, List.of()));
    }
    for (var after : store.samples().includedFrom(sample, depth + 1)) {
      if (after.sample().id() != sample.id()) {
        var verdict = chart.accept(after.sample().id(), after.sample().observation());
        rejudged.add(JudgedSample.of(after.sample(), verdict, List.of()));
      }
    }
    return rejudged;
  }

  /**
   * Acknowledges violations that nobody has answered yet and tells their watchers.
   *
   * @return what was acknowledged now, ascending
   */
  public List<Violation> acknowledge(Collection<Long> ids, String reason, String actor) {
    var characteristics =
        store.violations().find(ids).stream().map(Violation::characteristicId).toList();
    var answer = new Acknowledgment(actor, reason, now());
    return charts.lockedAll(
        characteristics,
        present -> {
          var acknowledged =
              store.violations().acknowledge(ids, answer, violation -> entry(violation, answer));
          for (var violation : acknowledged) {
            present.stream()
                .filter(chart -> chart.id() == violation.characteristicId())
                .forEach(chart -> publish(chart, violation));
          }
          return acknowledged;
        });
  }

  private AuditEntry entry(Violation violation, Acknowledgment answer) {
    return entry(
        violation.characteristicId(),
        Action.ACKNOWLEDGED,
        violation.id(),
        answer.user(),
        null,
        JsonCodec.json(Map.of("reason", answer.reason())));
  }

  private void publish(LiveChart chart, Violation violation) {
    var state = chart.state().without(violation.id());
    charts.publish(chart, state, new SpcEvent.Acknowledged(violation, state.newestId()));
  }
}
