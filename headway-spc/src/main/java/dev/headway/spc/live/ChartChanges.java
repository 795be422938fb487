package dev.headway.spc.live;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Json;
import dev.headway.server.http.JsonCodec;
import dev.headway.spc.chart.Baseline;
import dev.headway.spc.chart.ChartRules;
import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.input.DefinitionDraft;
import dev.headway.spc.limits.ControlLimits;
import dev.headway.spc.limits.LimitEstimation;
import dev.headway.spc.model.Acknowledgment;
import dev.headway.spc.model.Definition;
import dev.headway.spc.model.Violation;
import dev.headway.spc.store.AuditEntry;
import dev.headway.spc.store.AuditEntry.Action;
import dev.headway.spc.store.ChartWrite;
import dev.headway.spc.store.ChartWrite.SampleChanges;
import dev.headway.spc.store.ChartWrite.ViolationChanges;
import dev.headway.spc.store.SpcStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes of characteristics, their stages, limits and rules, and acknowledgments. Each is stored
 * with its entry of the audit trail and with the violations of the history that is judged anew for
 * it, in one transaction, then published. Safe for use by any thread; blocks on the store.
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
   * Makes a characteristic with one stage and the default rules of its kind.
   *
   * @throws HeadwayException CONFLICT when its name is taken
   */
  public ChartSetup create(Definition definition, String actor) {
    var rules = ChartRules.defaultFor(definition.kind());
    var after = JsonCodec.json(DefinitionDraft.of(definition));
    return store
        .characteristics()
        .add(
            definition,
            rules,
            id -> new AuditEntry(0, id, Action.CREATED, id, actor, now(), null, after));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private <T> T changing(long id, Function<LiveChart, T> change) {
    return charts.locked(id, change).orElseThrow(() -> LiveCharts.notFound(id));
  }

  /**
   * Defines a characteristic anew.
   *
   * @throws HeadwayException NOT_FOUND; CONFLICT when the name is taken, or when the kind of chart
   *     or the subgroup size would change although there are samples
   */
  public ChartSetup redefine(long id, Definition definition, String actor) {
    return changing(
        id,
        chart -> {
          var before = chart.state().setup();
          var setup = before.with(definition);
          requireFit(before, setup);
          var audit =
              new AuditEntry(
                  0,
                  id,
                  Action.CHANGED,
                  id,
                  actor,
                  now(),
                  JsonCodec.json(DefinitionDraft.of(before.definition())),
                  JsonCodec.json(DefinitionDraft.of(definition)));
          var write =
              new ChartWrite(
                  Map.of(id, chart.revision()),
                  setup,
                  SampleChanges.NONE,
                  ViolationChanges.NONE,
                  List.of(audit),
                  null);
          var _ = store.write(write, now());
          chart.forget();
          var state = chart.state();
          charts.publish(chart, state, new SpcEvent.Redefined(state.setup(), state.seen()));
          return state.setup();
        });
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

  /**
   * Deletes a characteristic with its stages, samples and violations.
   *
   * @throws HeadwayException NOT_FOUND
   */
  public void delete(long id, String actor) {
    var _ =
        changing(
            id,
            chart -> {
              var before = JsonCodec.json(DefinitionDraft.of(chart.state().setup().definition()));
              var audit = new AuditEntry(0, id, Action.DELETED, id, actor, now(), before, null);
              store.characteristics().delete(id, audit);
              charts.remove(chart);
              return id;
            });
  }

  /**
   * A change of a stage.
   *
   * @param characteristicId whose stage
   * @param stageId the stage; null for the last one
   * @param actor who makes it
   */
  public record StageChange(long characteristicId, @Nullable Long stageId, String actor) {
    /** A change of a characteristic's last stage. */
    public static StageChange ofCurrent(long characteristicId, String actor) {
      return new StageChange(characteristicId, null, actor);
    }

    private Stage stage(ChartSetup setup) {
      return stageId == null
          ? setup.current()
          : setup.stage(stageId).orElseThrow(() -> HeadwayException.notFound("Stage " + stageId));
    }
  }

  /**
   * Puts limits in force that are not estimated from samples.
   *
   * @param baseline a known process, or null for limits set by hand
   * @throws HeadwayException NOT_FOUND
   */
  public CharacteristicState limit(
      StageChange change, @Nullable Baseline baseline, ControlLimits limits) {
    return changing(change, Action.LIMITS, stage -> stage.with(baseline, limits));
  }

  /**
   * Limits that were estimated.
   *
   * @param state the chart as it is now
   * @param stage the stage that they are in force in
   * @param degenerate whether sigma is 0, so that no point can be judged
   * @param leftOut the samples of the baseline that were left out
   */
  public record NewLimits(
      CharacteristicState state, Stage stage, boolean degenerate, List<Long> leftOut) {}

  /**
   * Estimates the limits of a stage from its baseline and puts them in force.
   *
   * @throws HeadwayException NOT_FOUND; CONFLICT when no limits follow from the baseline
   */
  public NewLimits estimate(StageChange change, Baseline baseline, LimitEstimation estimation) {
    return changing(
        change.characteristicId(),
        chart -> {
          var setup = chart.state().setup();
          var stage = change.stage(setup);
          var found = new BaselineSamples(store, setup, stage).estimate(baseline, estimation);
          var state =
              changed(chart, change, Action.LIMITS, stage.with(found.baseline(), found.limits()));
          var leftOut =
              found.baseline().leftOut().stream().map(Baseline.LeftOut::sampleId).toList();
          return new NewLimits(
              state, change.stage(state.setup()), found.limits().degenerate(), leftOut);
        });
  }

  /**
   * Puts rules in force.
   *
   * @throws HeadwayException NOT_FOUND
   */
  public CharacteristicState rule(StageChange change, UnaryOperator<ChartRules> rules) {
    return changing(change, Action.RULES, stage -> stage.with(rules.apply(stage.rules())));
  }

  private CharacteristicState changing(
      StageChange change, Action action, UnaryOperator<Stage> changed) {
    return changing(
        change.characteristicId(),
        chart -> {
          var stage = change.stage(chart.state().setup());
          return changed(chart, change, action, changed.apply(stage));
        });
  }

  private CharacteristicState changed(
      LiveChart chart, StageChange change, Action action, Stage stage) {
    var before = chart.state().setup();
    var setup = before.with(stage);
    var audit =
        audit(
            chart,
            action,
            change.actor(),
            described(action, change.stage(before)),
            described(action, stage));
    var outcome =
        new Rejudgment(store, setup, SampleChanges.NONE).period(stage.from(), setup.end(stage));
    var isCurrent = setup.current().id() == stage.id();
    return stored(
        chart,
        setup,
        audit,
        outcome,
        (state, seen) ->
            !isCurrent
                ? List.of()
                : List.of(
                    action == Action.RULES
                        ? new SpcEvent.RulesChanged(state.setup(), seen)
                        : new SpcEvent.LimitsChanged(state.setup(), state.shownSize(), seen)));
  }

  private AuditEntry audit(
      LiveChart chart, Action action, String actor, @Nullable Json before, @Nullable Json after) {
    return new AuditEntry(0, chart.id(), action, chart.id(), actor, now(), before, after);
  }

  private interface Events {
    List<SpcEvent> of(CharacteristicState state, Seen seen);
  }

  private CharacteristicState stored(
      LiveChart chart,
      ChartSetup setup,
      AuditEntry audit,
      Rejudgment.Difference outcome,
      Events events) {
    var before = chart.state().seen();
    var write =
        new ChartWrite(
            Map.of(chart.id(), chart.revision()),
            setup,
            SampleChanges.NONE,
            outcome.changes(),
            List.of(audit),
            null);
    var numbers = store.write(write, now());
    chart.forget();
    var own = events.of(chart.state(), before);
    charts.publish(chart, own);
    charts.publishRejudged(chart, outcome, numbers.violationIds(), before);
    return chart.state();
  }

  private static Json described(Action action, Stage stage) {
    return JsonCodec.json(
        switch (action) {
          case RULES ->
              new DescribedRules(
                  stage.id(), stage.rules().location().all(), stage.rules().dispersion().all());
          case LIMITS ->
              new DescribedLimits(stage.id(), method(stage), stage.limits(), stage.baseline());
          case CREATED,
              CHANGED,
              DELETED,
              EXCLUDED,
              INCLUDED,
              CORRECTED,
              SAMPLE_DELETED,
              STAGES,
              ACKNOWLEDGED ->
              new DescribedStage(stage.id(), stage.name(), stage.from());
        });
  }

  private static @Nullable String method(Stage stage) {
    var limits = stage.limits();
    return limits == null ? null : limits.method().wireName();
  }

  private record DescribedRules(long stageId, List<?> rules, List<?> dispersionRules) {}

  private record DescribedLimits(
      long stageId,
      @Nullable String method,
      @Nullable ControlLimits limits,
      @Nullable Baseline baseline) {}

  private record DescribedStage(long stageId, String name, Instant from) {}

  /**
   * Begins a new stage, with the rules of the one that it divides and without limits.
   *
   * @throws HeadwayException NOT_FOUND; CONFLICT when a stage begins at that time already
   */
  public CharacteristicState beginStage(long id, String name, Instant from, String actor) {
    return changing(
        id,
        chart -> {
          var before = chart.state().setup();
          requireFree(before, 0, from);
          var stage = new Stage(0, name, from, null, null, before.stageAt(from).rules());
          var setup = before.with(stage);
          var audit = audit(chart, Action.STAGES, actor, null, described(Action.STAGES, stage));
          var outcome =
              new Rejudgment(store, setup, SampleChanges.NONE).period(from, setup.end(stage));
          return stored(chart, setup, audit, outcome, ChartChanges::limitsOf);
        });
  }

  private static List<SpcEvent> limitsOf(CharacteristicState state, Seen seen) {
    return List.of(new SpcEvent.LimitsChanged(state.setup(), state.shownSize(), seen));
  }

  private static void requireFree(ChartSetup setup, long own, Instant from) {
    var other =
        setup.stages().stream()
            .filter(stage -> stage.id() != own && stage.from().equals(from))
            .findFirst();
    if (other.isPresent()) {
      throw new HeadwayException(
          ErrorCode.CONFLICT,
          "The stage '%s' begins at %s already".formatted(other.get().name(), from));
    }
  }

  /**
   * Renames a stage, or moves its beginning.
   *
   * @throws HeadwayException NOT_FOUND; CONFLICT when a stage begins at that time already, or when
   *     the first one is to be moved
   */
  public CharacteristicState moveStage(
      StageChange change, @Nullable String name, @Nullable Instant from) {
    return changing(
        change.characteristicId(),
        chart -> {
          var before = chart.state().setup();
          var stage = change.stage(before);
          if (from != null && stage.from().equals(Stage.BEGINNING)) {
            throw new HeadwayException(
                ErrorCode.CONFLICT, "The first stage begins with the first sample");
          }
          var beginning = from == null ? stage.from() : from;
          requireFree(before, stage.id(), beginning);
          var moved = stage.with(name == null ? stage.name() : name, beginning);
          var setup = before.with(moved);
          var audit =
              audit(
                  chart,
                  Action.STAGES,
                  change.actor(),
                  described(Action.STAGES, stage),
                  described(Action.STAGES, moved));
          var earlier = beginning.isBefore(stage.from()) ? beginning : stage.from();
          var outcome = new Rejudgment(store, setup, SampleChanges.NONE).period(earlier, null);
          return stored(chart, setup, audit, outcome, ChartChanges::limitsOf);
        });
  }

  /**
   * Removes a stage; its samples go to the one before it.
   *
   * @throws HeadwayException NOT_FOUND; CONFLICT for the first stage
   */
  public CharacteristicState removeStage(StageChange change) {
    return changing(
        change.characteristicId(),
        chart -> {
          var before = chart.state().setup();
          var stage = change.stage(before);
          if (stage.from().equals(Stage.BEGINNING)) {
            throw new HeadwayException(
                ErrorCode.CONFLICT, "The first stage cannot be removed; change its limits instead");
          }
          var setup = before.without(stage);
          var audit =
              audit(chart, Action.STAGES, change.actor(), described(Action.STAGES, stage), null);
          var outcome =
              new Rejudgment(store, setup, SampleChanges.NONE)
                  .period(stage.from(), before.end(stage));
          return stored(chart, setup, audit, outcome, ChartChanges::limitsOf);
        });
  }

  /** Judges the samples of a characteristic anew that an earlier version judged as they came. */
  public void judgeAnew(long id) {
    var _ =
        charts.locked(
            id,
            chart -> {
              var setup = chart.state().setup();
              var before = chart.state().seen();
              var outcome =
                  new Rejudgment(store, setup, SampleChanges.NONE).period(Stage.BEGINNING, null);
              var write =
                  new ChartWrite(
                      Map.of(id, chart.revision()),
                      null,
                      SampleChanges.NONE,
                      outcome.changes(),
                      List.of(),
                      null);
              var numbers = store.write(write, now());
              chart.forget();
              charts.publishRejudged(chart, outcome, numbers.violationIds(), before);
              return outcome.judged();
            });
    store.characteristics().judged(id);
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
          present.forEach(charts::refresh);
          var acknowledged =
              store.violations().acknowledge(ids, answer, violation -> entry(violation, answer));
          var violations = new ArrayList<Violation>();
          for (var one : acknowledged) {
            violations.add(one.violation());
            present.stream()
                .filter(chart -> chart.id() == one.violation().characteristicId())
                .forEach(chart -> publish(chart, one.violation(), one.auditId()));
          }
          return violations;
        });
  }

  private record Answered(String reason) {}

  private static AuditEntry entry(Violation violation, Acknowledgment answer) {
    return new AuditEntry(
        0,
        violation.characteristicId(),
        Action.ACKNOWLEDGED,
        violation.id(),
        answer.user(),
        answer.at(),
        null,
        JsonCodec.json(new Answered(answer.reason())));
  }

  private void publish(LiveChart chart, Violation violation, long auditId) {
    chart.countOn();
    chart.acknowledged(violation.id());
    var present = chart.state();
    var state = present.without(violation.id()).with(present.seen().withChange(auditId));
    charts.publish(chart, state, new SpcEvent.Acknowledged(violation, state.seen()));
  }
}
