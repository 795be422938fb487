package dev.headway.testkit.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The exploration of every state that a model can reach, each visited once, those with the fewest
 * steps first: a counterexample is as short as there is one.
 */
public final class Explorer {
  private Explorer() {}

  /**
   * A system whose steps may happen in any order.
   *
   * @param <S> its states: immutable, with equality
   */
  public interface Model<S> {
    /** The first state. */
    S initial();

    /** Everything that can happen next. */
    List<Step<S>> steps(S state);

    /** The property that does not hold in a state; null when all hold. */
    @Nullable String violation(S state);
  }

  /** Something that happens, and the state that it leads to. */
  public record Step<S>(String name, S next) {}

  /**
   * The result.
   *
   * @param states the number of states that were visited
   * @param violation the property that does not hold; null when all hold everywhere
   * @param trace the steps that lead there
   */
  public record Result(int states, @Nullable String violation, List<String> trace) {}

  private record Origin<S>(@Nullable S from, String step) {}

  /**
   * Explores a model until a property does not hold, or to its end.
   *
   * @param most the number of states at most
   * @throws IllegalStateException when there are more
   */
  public static <S> Result explore(Model<S> model, int most) {
    var origins = new HashMap<S, Origin<S>>();
    var open = new ArrayDeque<S>();
    origins.put(model.initial(), new Origin<>(null, ""));
    open.add(model.initial());
    for (var state = open.poll(); state != null; state = open.poll()) {
      var violation = model.violation(state);
      if (violation != null) {
        return new Result(origins.size(), violation, trace(origins, state));
      }
      for (var step : model.steps(state)) {
        if (origins.putIfAbsent(step.next(), new Origin<>(state, step.name())) == null) {
          open.add(step.next());
        }
      }
      if (origins.size() > most) {
        throw new IllegalStateException("More than %,d states".formatted(most));
      }
    }
    return new Result(origins.size(), null, List.of());
  }

  private static <S> List<String> trace(Map<S, Origin<S>> origins, S end) {
    var steps = new ArrayList<String>();
    var at = origins.get(end);
    while (at != null && at.from() != null) {
      steps.add(at.step());
      at = origins.get(at.from());
    }
    Collections.reverse(steps);
    return steps;
  }
}
