package dev.headway.filling.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Job;
import dev.headway.core.job.Json;
import dev.headway.core.job.Outcome;
import dev.headway.filling.input.Parsed;
import dev.headway.filling.input.StatedSettings;
import dev.headway.filling.model.Kpis;
import dev.headway.filling.store.PlanStore;
import dev.headway.filling.store.Task;
import dev.headway.filling.store.TaskInput;
import dev.headway.filling.store.TaskState;
import dev.headway.filling.store.TaskStore;
import dev.headway.filling.work.Assignment;
import dev.headway.filling.work.ComparisonResult;
import dev.headway.filling.work.InputCheck;
import dev.headway.filling.work.KpiFigures;
import dev.headway.filling.work.PlannedSchedule;
import dev.headway.filling.work.Planning;
import dev.headway.filling.work.ScheduleResult;
import dev.headway.server.http.Problem;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.work.WorkState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The whole results of tasks: the headline is the job's own, the rest follows from the stored
 * plans. Thread-safe; blocks.
 *
 * @param tasks has the inputs
 * @param plans has the plans
 * @param check reads inputs
 * @param planning makes the plan that others are measured against
 */
record TaskResults(TaskStore tasks, PlanStore plans, InputCheck check, Planning planning) {
  /**
   * The part of a task's own answer beside its headline.
   *
   * @param kpisJson a schedule's figures
   * @param activitiesJson a schedule's activities
   * @param results a comparison's rows
   * @param errors the defects of an input that could not be planned
   * @param rules the settings that a result was made by; null without one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Details(
      @Nullable KpiFigures kpisJson,
      @Nullable List<ActivityView> activitiesJson,
      @Nullable List<ComparedStrategy> results,
      @Nullable List<ObjectNode> errors,
      @Nullable StatedSettings rules) {
    private static Details without(
        @Nullable List<ComparedStrategy> results, @Nullable List<ObjectNode> errors) {
      return new Details(null, null, results, errors, null);
    }
  }

  /**
   * A comparison's row.
   *
   * @param kpisJson null without a schedule
   * @param activitiesJson null without a schedule
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ComparedStrategy(
      @JsonUnwrapped ComparisonResult.Row summary,
      @Nullable KpiFigures kpisJson,
      @Nullable List<ActivityView> activitiesJson) {}

  /** The figures and activities of a schedule, or the defects of its input. */
  Details schedule(WorkState<Task> state) {
    var result = result(state);
    if (result == null) {
      return Details.without(null, defects(state));
    }
    var planned = planned(state).stream().findFirst();
    return new Details(
        JsonCodec.read(result, ScheduleResult.class).kpis(),
        planned.map(ActivityView::of).orElse(null),
        null,
        defects(state),
        planned.map(PlannedSchedule::rules).orElse(null));
  }

  /** A comparison's row for each strategy, or the defects of its input. */
  Details comparison(WorkState<Task> state) {
    var result = result(state);
    if (result == null) {
      return Details.without(waiting(state), defects(state));
    }
    var byStrategy = new HashMap<String, PlannedSchedule>();
    planned(state).forEach(planned -> byStrategy.put(planned.stored().strategy(), planned));
    var read = read(state);
    if (!read.valid()) {
      return Details.without(withoutPlans(result), shown(read.errors()));
    }
    var given = planning.given(read.orThrow().problem(), state.job().times().created()).kpis();
    var rows =
        JsonCodec.read(result, ComparisonResult.class).strategies().stream()
            .map(row -> row(row, byStrategy, given))
            .toList();
    var rules = byStrategy.values().stream().findFirst().map(PlannedSchedule::rules);
    return new Details(null, null, rows, null, rules.orElse(null));
  }

  private static List<ComparedStrategy> withoutPlans(Json result) {
    return JsonCodec.read(result, ComparisonResult.class).strategies().stream()
        .map(row -> new ComparedStrategy(row, null, null))
        .toList();
  }

  private static List<ComparedStrategy> waiting(WorkState<Task> state) {
    var status = TaskWords.status(state.job().status());
    return state.item().strategies().stream()
        .map(strategy ->
            new ComparedStrategy(new ComparisonResult.Waiting(strategy, status), null, null))
        .toList();
  }

  private static ComparedStrategy row(
      ComparisonResult.StrategyResult row, Map<String, PlannedSchedule> byStrategy, Kpis given) {
    var planned = byStrategy.get(row.strategy());
    return planned == null
        ? new ComparedStrategy(row, null, null)
        : new ComparedStrategy(row, KpiFigures.of(planned.kpis(), given), ActivityView.of(planned));
  }

  /*
   * Of work that failed for its input, and of work whose input was read otherwise when it was done:
   * its figures stay, but its plan cannot be laid out any more.
   */
  private @Nullable List<ObjectNode> defects(WorkState<Task> state) {
    var refused =
        state.job().outcome() instanceof Outcome.Failed(var error)
            && error.code() == ErrorCode.INVALID_INPUT;
    if (!refused && result(state) == null) {
      return null;
    }
    var errors = read(state).errors();
    return refused || !errors.isEmpty() ? shown(errors) : null;
  }

  /** Defects as error bodies have them. */
  static List<ObjectNode> shown(List<Defect> defects) {
    return defects.stream().map(Problem::shown).toList();
  }

  /**
   * The plans of a task that has a result, laid out; none of one that has not, or whose input can
   * no longer be read.
   */
  List<PlannedSchedule> planned(WorkState<Task> state) {
    if (result(state) == null) {
      return List.of();
    }
    var read = read(state);
    if (!read.valid()) {
      return List.of();
    }
    Job job = state.job();
    var problem = read.orThrow().problem();
    return plans.find(job.id(), job.attempt()).stream()
        .map(stored -> PlannedSchedule.of(problem, stored))
        .toList();
  }

  /**
   * A schedule that another one can go on from.
   *
   * @param input as it was sent
   * @param assignment as it was read
   */
  record PlannedInput(TaskInput input, Assignment assignment, PlannedSchedule planned) {}

  /** A schedule with its input; none without a plan. */
  Optional<PlannedInput> base(WorkState<Task> state) {
    return planned(state).stream()
        .findFirst()
        .map(planned -> new PlannedInput(input(state.item()), read(state).orThrow(), planned));
  }

  /** The refusal of what needs a plan where there is none. */
  static HeadwayException noPlan(WorkState<Task> state) {
    return new HeadwayException(
        ErrorCode.CONFLICT,
        state.job().outcome() instanceof Outcome.Completed
            ? "The lots of schedule %d can no longer be read as they were; plan them again"
                .formatted(state.item().id())
            : "Schedule %d is %s and has no plan yet"
                .formatted(state.item().id(), TaskWords.status(state.job().status())));
  }

  private static @Nullable Json result(WorkState<Task> state) {
    return TaskState.of(state.item(), state.job()).result();
  }

  private Parsed<Assignment> read(WorkState<Task> state) {
    return check.check(state.item().kind(), input(state.item()), state.job().times().created());
  }

  private TaskInput input(Task task) {
    return tasks
        .input(task.kind(), task.id())
        .orElseThrow(() -> HeadwayException.notFound(task.kind().label()));
  }
}
