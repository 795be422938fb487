package dev.headway.filling.store;

import dev.headway.filling.model.Plan;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan that a person has made of a schedule's plan, without its decisions, which are large.
 *
 * @param number from 1 on for each schedule
 * @param base the number of the version that it was made from; 0 for the plan as it was planned
 * @param note why, in the words of its author
 * @param created by its author
 * @param approved null for a draft
 * @param published null for one that never was
 */
public record PlanVersion(
    int number,
    int base,
    String note,
    Step created,
    @Nullable Step approved,
    @Nullable Step published) {
  /**
   * A step in the life of a version.
   *
   * @param at when
   * @param by the address of the user, or {@code anonymous}
   */
  public record Step(Instant at, String by) {}

  /**
   * The decisions of a version.
   *
   * @param plan which lots are filled where and in which order
   * @param locks the moments to which lots are locked, by their ids, where these are not those of
   *     the input; "" for a lot that is locked no more
   * @param lowerBound microseconds that no plan's cost can go below
   */
  public record Content(Plan plan, Map<String, String> locks, long lowerBound) {
    /** Takes a copy. */
    public Content {
      locks = Map.copyOf(locks);
    }
  }
}
