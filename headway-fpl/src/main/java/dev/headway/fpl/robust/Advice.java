package dev.headway.fpl.robust;

import dev.headway.fpl.plan.ChipOption;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.Restriction;
import dev.headway.fpl.rules.Chip;
import java.time.Duration;
import java.util.List;

/**
 * The advice that trials test.
 *
 * @param first the moves before the next deadline
 * @param chips the chips of the whole plan
 */
public record Advice(FirstWeek first, List<ChipPlay> chips) {
  /** Copies the list. */
  public Advice {
    chips = List.copyOf(chips);
  }

  /**
   * A chip of the plan.
   *
   * @param chip which
   * @param week of the plan, from 0
   */
  public record ChipPlay(Chip chip, int week) {}

  /**
   * The same question with the chips where the advice has them. A search picks whatever random
   * projections overrate, and the more so the more players it may change: with free chips, nearly
   * every trial would rebuild the team, which says nothing about the moves.
   */
  public PlanRequest heldTo(PlanRequest question, Duration limit) {
    var demands = chips.stream().map(Advice::played).toList();
    return question
        .withChips(question.chips().stream().filter(this::plays).toList())
        .restricted(demands, limit);
  }

  private static Restriction played(ChipPlay play) {
    return new Restriction.Played(play.chip(), play.week());
  }

  private boolean plays(ChipOption option) {
    return chips.stream()
        .anyMatch(play -> play.chip() == option.chip() && option.covers(play.week()));
  }
}
