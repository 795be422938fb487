package dev.headway.filling.revision;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.filling.bound.LowerBound;
import dev.headway.filling.input.MomentReading;
import dev.headway.filling.input.MomentReading.DayPart;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Problem;
import dev.headway.filling.store.PlanVersion;
import dev.headway.filling.store.StoredPlan;
import dev.headway.filling.verify.Verifier;
import dev.headway.filling.verify.Violation;
import dev.headway.filling.work.PlannedSchedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan that a person has changed, laid out and checked by the verifier.
 *
 * @param problem its lots, with their locks as they are now, and its rules
 * @param planned the plan, laid out even where it breaks rules
 * @param violations what it breaks; empty for a plan that can be kept
 */
public record Revision(Problem problem, PlannedSchedule planned, List<Violation> violations) {
  /** Takes a copy. */
  public Revision {
    violations = List.copyOf(violations);
  }

  /**
   * A plan after moves.
   *
   * @throws HeadwayException INVALID_INPUT with all moves that cannot be made
   */
  public static Revision of(Problem problem, StoredPlan base, List<LotMove> moves) {
    var defects = new ArrayList<Defect>();
    var moved = new MovedPlan(problem, base.plan(), defects);
    for (var at = 0; at < moves.size(); at++) {
      moved.move(moves.get(at), "moves[%d]".formatted(at));
    }
    var locked = locked(problem, moves, defects);
    if (!defects.isEmpty()) {
      throw HeadwayException.badInput(defects);
    }
    return of(locked, base.with(moved.plan(), bound(problem, locked, base)));
  }

  /**
   * A version as it was saved.
   *
   * @param problem the lots and rules of its schedule
   * @param planned the schedule's plan as it was planned
   */
  public static Revision of(Problem problem, StoredPlan planned, PlanVersion.Content version) {
    var plan = planned.with(version.plan(), version.lowerBound());
    return of(Locks.laidOver(problem, version.locks()), plan);
  }

  /**
   * The decisions that are to be saved.
   *
   * @param given the lots and rules of its schedule
   */
  public PlanVersion.Content content(Problem given) {
    var stored = planned.stored();
    return new PlanVersion.Content(
        stored.plan(), Locks.between(given, problem), stored.lowerBound());
  }

  /** A plan as it is, laid out and checked. */
  public static Revision of(Problem problem, StoredPlan plan) {
    var planned = PlannedSchedule.draft(problem, plan);
    var violations = Verifier.verify(problem.lots(), problem.settings(), planned.schedule());
    return new Revision(problem, planned, violations);
  }

  /** The proved bound, or one by counting where locks have changed, of which nothing is proved. */
  private static long bound(Problem problem, Problem locked, StoredPlan base) {
    return problem.lots().equals(locked.lots()) ? base.lowerBound() : LowerBound.of(locked);
  }

  private static Problem locked(Problem problem, List<LotMove> moves, List<Defect> defects) {
    Map<String, Lot> lots = new HashMap<>();
    problem.lots().forEach(lot -> lots.put(lot.id(), lot));
    for (var at = 0; at < moves.size(); at++) {
      var move = moves.get(at);
      var lot = lots.get(move.lotId());
      if (lot != null && move.lockedStart() != null) {
        var field = "moves[%d].locked_start".formatted(at);
        var start = start(move.lockedStart().strip(), problem.settings().zone(), field, defects);
        lots.put(move.lotId(), lot.with(lot.terms().withLockedStart(start)));
      }
    }
    var all = problem.lots().stream().map(lot -> lots.getOrDefault(lot.id(), lot)).toList();
    return all.equals(problem.lots()) ? problem : new Problem(all, problem.settings());
  }

  private static @Nullable Instant start(
      String text, ZoneId zone, String field, List<Defect> defects) {
    if (text.isEmpty()) {
      return null;
    }
    return switch (MomentReading.of(text, zone, DayPart.BEGINNING)) {
      case MomentReading.At(var moment) -> moment;
      case MomentReading.Refused refused -> {
        defects.add(Defect.ofField(field, refused.sentence("locked_start", text)));
        yield null;
      }
    };
  }
}
