package dev.headway.spc.live;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Json;
import dev.headway.spc.chart.Baseline;
import dev.headway.spc.chart.ChartRules;
import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.limits.ControlLimits;
import dev.headway.spc.limits.LimitEstimation;
import dev.headway.spc.store.AuditEntry;
import dev.headway.spc.store.AuditEntry.Action;
import dev.headway.spc.store.Author;
import dev.headway.spc.store.ChartWrite;
import dev.headway.spc.store.ChartWrite.SampleChanges;
import dev.headway.spc.store.ChartWrite.ViolationChanges;
import dev.headway.spc.store.SpcStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes of stages: their beginnings, limits and rules. Each is stored with its entries of the
 * audit trail and with the violations of the history that is judged anew for it, in one
 * transaction, then published. Safe for use by any thread; blocks on the store.
 */
public final class StageChanges {
  private final LiveCharts charts;
  private final SpcStore store;
  private final InstantSource clock;

  /**
   * @param charts go over to what was changed
   * @param store keeps it
   * @param clock stamps it
   */
  public StageChanges(LiveCharts charts, SpcStore store, InstantSource clock) {
    this.charts = charts;
    this.store = store;
    this.clock = clock;
  }

  /**
   * A stage that is to be changed.
   *
   * @param characteristicId whose stage
   * @param stageId the stage; null for the last one
   * @param author who changes it
   */
  public record StageTarget(long characteristicId, @Nullable Long stageId, Author author) {
    /** A characteristic's last stage. */
    public static StageTarget current(long characteristicId, Author author) {
      return new StageTarget(characteristicId, null, author);
    }

    private Stage stage(ChartSetup setup) {
      return stageId == null
          ? setup.current()
          : setup.stage(stageId).orElseThrow(() -> HeadwayException.notFound("Stage " + stageId));
    }
  }

  /** The basis that limits are put in force on. */
  public sealed interface LimitBasis {
    /**
     * Limits that are not estimated from samples.
     *
     * @param limits the limits
     * @param baseline a known process, or null for limits set by hand
     */
    record Given(ControlLimits limits, @Nullable Baseline baseline) implements LimitBasis {}

    /**
     * Limits that are estimated.
     *
     * @param baseline the samples
     * @param estimation how
     */
    record Estimated(Baseline baseline, LimitEstimation estimation) implements LimitBasis {}
  }

  /**
   * The wanted changes of a stage; null leaves a member as it is.
   *
   * @param name its name
   * @param from its beginning
   * @param rules its rules
   * @param basis the basis of its limits
   */
  public record StageEdit(
      @Nullable String name,
      @Nullable Instant from,
      @Nullable UnaryOperator<ChartRules> rules,
      @Nullable LimitBasis basis) {
    /** Other limits alone. */
    public static StageEdit of(LimitBasis basis) {
      return new StageEdit(null, null, null, basis);
    }

    /** Other rules alone. */
    public static StageEdit of(UnaryOperator<ChartRules> rules) {
      return new StageEdit(null, null, rules, null);
    }

    private boolean judges() {
      return from != null || rules != null || basis != null;
    }
  }

  /**
   * A stage after a change.
   *
   * @param state the chart; when nothing was stored, as it is without the change
   * @param stage the stage
   * @param change what was judged for it
   */
  public record ChangedStage(CharacteristicState state, Stage stage, PreviewedChange change) {}

  /* A stage before and after a change; new without one before. */
  private record Replacement(@Nullable Stage before, Stage after) {
    boolean isPlaced() {
      return before == null
          || !before.from().equals(after.from())
          || !before.name().equals(after.name());
    }

    @Nullable Json earlier(Function<Stage, Json> record) {
      return before == null ? null : record.apply(before);
    }
  }

  /* A change that has been decided and is not stored. */
  private record Decision(
      ChartSetup setup, Stage stage, List<AuditEntry> audit, Rejudgment.Difference outcome) {
    ChangedStage stored(CharacteristicState state) {
      return changed(state, state.setup().stageAt(stage.from()));
    }

    ChangedStage previewed(CharacteristicState state) {
      return changed(state, stage);
    }

    private ChangedStage changed(CharacteristicState state, Stage shown) {
      return new ChangedStage(state, shown, outcome.of(setup, SampleChanges.NONE));
    }
  }

  /**
   * Begins a new stage, with the rules of the one that it divides and without limits unless they
   * are said.
   *
   * @param edit has at least a name and a beginning
   * @param preview whether only to tell what would change
   * @throws HeadwayException NOT_FOUND; CONFLICT when a stage begins at that time already, or when
   *     no limits follow from the baseline
   */
  public ChangedStage begin(StageTarget target, StageEdit edit, Instant from, boolean preview) {
    return changing(
        target,
        chart -> {
          var before = chart.state().setup();
          var name = edit.name() == null ? "Stage " + (before.stages().size() + 1) : edit.name();
          var blank = new Stage(0, name, from, null, null, before.stageAt(from).rules());
          return decided(before, target, edit, new Replacement(null, edited(before, blank, edit)));
        },
        preview);
  }

  /**
   * Changes a stage.
   *
   * @param preview whether only to tell what would change
   * @throws HeadwayException NOT_FOUND; CONFLICT when a stage begins at that time already, when the
   *     first one is to be moved, or when no limits follow from the baseline
   */
  public ChangedStage change(StageTarget target, StageEdit edit, boolean preview) {
    return changing(
        target,
        chart -> {
          var before = chart.state().setup();
          var stage = target.stage(before);
          if (edit.from() != null && stage.from().equals(Stage.BEGINNING)) {
            throw new HeadwayException(
                ErrorCode.CONFLICT, "The first stage begins with the first sample");
          }
          var moved =
              stage.with(
                  edit.name() == null ? stage.name() : edit.name(),
                  edit.from() == null ? stage.from() : edit.from());
          return decided(before, target, edit, new Replacement(stage, edited(before, moved, edit)));
        },
        preview);
  }

  private Stage edited(ChartSetup before, Stage stage, StageEdit edit) {
    var rules = edit.rules();
    var ruled = rules == null ? stage : stage.with(rules.apply(stage.rules()));
    return switch (edit.basis()) {
      case null -> ruled;
      case LimitBasis.Given(var limits, var baseline) -> ruled.with(baseline, limits);
      case LimitBasis.Estimated(var baseline, var estimation) -> {
        var found =
            new BaselineSamples(store, before.with(ruled), ruled).estimate(baseline, estimation);
        yield ruled.with(found.baseline(), found.limits());
      }
    };
  }

  private Decision decided(
      ChartSetup present, StageTarget target, StageEdit edit, Replacement replacement) {
    var after = replacement.after();
    requireFree(present, after);
    var setup = present.with(after);
    var audit = new ArrayList<AuditEntry>();
    if (replacement.isPlaced()) {
      var before = replacement.earlier(StageRecord::of);
      audit.add(entry(target, Action.STAGES, before, StageRecord.of(after)));
    }
    if (edit.rules() != null) {
      var before = replacement.earlier(StageRecord::rules);
      audit.add(entry(target, Action.RULES, before, StageRecord.rules(after)));
    }
    if (edit.basis() != null) {
      var before = replacement.earlier(StageRecord::limits);
      audit.add(entry(target, Action.LIMITS, before, StageRecord.limits(after)));
    }
    return new Decision(setup, after, audit, judged(setup, edit, replacement));
  }

  private Rejudgment.Difference judged(ChartSetup setup, StageEdit edit, Replacement replacement) {
    var before = replacement.before();
    var after = replacement.after();
    var rejudgment = new Rejudgment(store, setup, SampleChanges.NONE);
    if (before == null) {
      return rejudgment.period(after.from(), setup.end(after));
    }
    if (!edit.judges()) {
      return new Rejudgment.Difference(ViolationChanges.NONE, 0);
    }
    if (before.from().equals(after.from())) {
      return rejudgment.period(after.from(), setup.end(after));
    }
    var earlier = before.from().isBefore(after.from()) ? before.from() : after.from();
    return rejudgment.period(earlier, null);
  }

  private static void requireFree(ChartSetup setup, Stage own) {
    var other =
        setup.stages().stream()
            .filter(stage -> stage.id() != own.id() && stage.from().equals(own.from()))
            .findFirst();
    if (other.isPresent()) {
      throw new HeadwayException(
          ErrorCode.CONFLICT,
          "The stage '%s' begins at %s already".formatted(other.get().name(), own.from()));
    }
  }

  /**
   * Removes a stage; its samples go to the one before it.
   *
   * @throws HeadwayException NOT_FOUND; CONFLICT for the first stage
   */
  public CharacteristicState remove(StageTarget target) {
    return changing(
            target,
            chart -> {
              var before = chart.state().setup();
              var stage = target.stage(before);
              if (stage.from().equals(Stage.BEGINNING)) {
                throw new HeadwayException(
                    ErrorCode.CONFLICT,
                    "The first stage cannot be removed; change its limits instead");
              }
              var setup = before.without(stage);
              var outcome =
                  new Rejudgment(store, setup, SampleChanges.NONE)
                      .period(stage.from(), before.end(stage));
              // Its limits and rules first: taking changes back meets the stage before them.
              var audit =
                  List.of(
                      entry(target, Action.LIMITS, StageRecord.limits(stage), null),
                      entry(target, Action.RULES, StageRecord.rules(stage), null),
                      entry(target, Action.STAGES, StageRecord.of(stage), null));
              return new Decision(setup, stage, audit, outcome);
            },
            false)
        .state();
  }

  private interface Choice {
    Decision of(LiveChart chart);
  }

  private ChangedStage changing(StageTarget target, Choice choice, boolean preview) {
    var id = target.characteristicId();
    return charts
        .locked(
            id,
            chart -> {
              var decision = choice.of(chart);
              return preview
                  ? decision.previewed(chart.state())
                  : decision.stored(stored(chart, decision));
            })
        .orElseThrow(() -> LiveCharts.notFound(id));
  }

  private CharacteristicState stored(LiveChart chart, Decision decision) {
    var before = chart.state().seen();
    var write =
        new ChartWrite(
            Map.of(chart.id(), chart.revision()),
            decision.setup(),
            SampleChanges.NONE,
            decision.outcome().changes(),
            decision.audit(),
            null);
    var numbers = store.write(write, now());
    chart.forget();
    charts.publish(chart, events(chart.state(), decision, before));
    charts.publishRejudged(chart, decision.outcome(), numbers.violationIds(), before);
    return chart.state();
  }

  private static List<SpcEvent> events(CharacteristicState state, Decision decision, Seen before) {
    var events = new ArrayList<SpcEvent>();
    var setup = state.setup();
    var current = setup.current().from().equals(decision.stage().from());
    var done = decision.audit().stream().map(AuditEntry::action).toList();
    if (done.contains(Action.STAGES) || (done.contains(Action.LIMITS) && current)) {
      events.add(new SpcEvent.LimitsChanged(setup, state.shownSize(), before));
    }
    if (done.contains(Action.RULES) && current) {
      events.add(new SpcEvent.RulesChanged(setup, before));
    }
    return events;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private AuditEntry entry(
      StageTarget target, Action action, @Nullable Json before, @Nullable Json after) {
    var id = target.characteristicId();
    return new AuditEntry(0, id, action, id, target.author(), now(), before, after);
  }
}
