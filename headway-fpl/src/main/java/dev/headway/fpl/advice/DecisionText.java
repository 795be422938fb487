package dev.headway.fpl.advice;

import dev.headway.fpl.advice.DecisionOutput.PrimaryDecision;
import dev.headway.fpl.plan.PlanResult;
import dev.headway.fpl.plan.PlannedWeek;
import java.util.ArrayList;
import java.util.stream.Collectors;

/** The decision of a plan and its reasons, in words. */
final class DecisionText {
  /* More names than this hide the message. */
  private static final int NAMES = 3;

  private final SearchOutcome outcome;

  private DecisionText(SearchOutcome outcome) {
    this.outcome = outcome;
  }

  static DecisionText of(SearchOutcome outcome) {
    return new DecisionText(outcome);
  }

  /** The gist of the plan's first week. */
  PrimaryDecision primary() {
    var now = outcome.now();
    if (outcome.fresh()) {
      return PrimaryDecision.SQUAD;
    }
    if (now.chip() != null) {
      return PrimaryDecision.CHIP;
    }
    if (!now.bought().isEmpty()) {
      return PrimaryDecision.TRANSFER;
    }
    return now.freeTransfers() < outcome.position().rules().freeTransferCap()
        ? PrimaryDecision.ROLL
        : PrimaryDecision.HOLD;
  }

  /** The decision of a week, without its reasons: "play the Wildcard", "sell A for B". */
  String decision(PlannedWeek week) {
    var chip = week.chip();
    var moves = outcome.fresh() && week.week() == 0 ? begin(week) : moves(week);
    if (chip != null) {
      return "play the " + chip.label() + (moves.isEmpty() ? "" : " and " + moves);
    }
    return moves.isEmpty() ? "make no transfer" : moves;
  }

  /** The reasons for the decision. */
  String reasoning() {
    var position = outcome.position();
    var best = outcome.best();
    double expected = best.weeks().stream().mapToDouble(PlannedWeek::points).sum();
    var first = position.gameweek();
    var last = position.gameweekOf(position.horizon() - 1);
    var weeks =
        first == last ? "In gameweek " + first : "Over gameweeks %d to %d".formatted(first, last);
    return "%s. %s the plan is expected to score %.1f points. %s. %s."
        .formatted(advice(), weeks, expected, margin(), proof(best));
  }

  private String advice() {
    var now = outcome.now();
    return switch (primary()) {
      case SQUAD, CHIP -> capitalised(decision(now));
      case TRANSFER ->
          capitalised(decision(now))
              + (now.hits() == 0
                  ? ""
                  : ", although %d transfers cost %d points"
                      .formatted(now.hits(), now.hits() * outcome.position().rules().hitCost()));
      case ROLL ->
          proved()
              ? "Make no transfer and save it: no move now is worth more than having it later"
              : "Make no transfer and save it: no plan with a move now that is worth more was found";
      case HOLD ->
          proved()
              ? "Make no transfer: none improves the team, although one more cannot be saved"
              : "Make no transfer: none that improves the team was found, although one more cannot be saved";
    };
  }

  private boolean proved() {
    return outcome.best().status() == PlanResult.Status.OPTIMAL;
  }

  private String margin() {
    var alternative = outcome.alternative();
    if (alternative == null || alternative.weeks().isEmpty()) {
      return "No other beginning was found to compare it with";
    }
    double behind = outcome.best().objective() - alternative.objective();
    var other = decision(alternative.weeks().getFirst());
    return behind < 0.005
        ? "To %s would be just as good".formatted(other)
        : "The next best, to %s, is %.2f points behind".formatted(other, behind);
  }

  private static String proof(PlanResult best) {
    return best.status() == PlanResult.Status.OPTIMAL
        ? "No plan is better by these projections"
        : "A plan up to %.1f %% better may exist; the search ran out of time"
            .formatted(best.gap() * 100);
  }

  /* A first squad is known by what another lacks. */
  private String begin(PlannedWeek week) {
    var others = new ArrayList<>(week.squad());
    others.removeAll(outcome.now().squad());
    return others.isEmpty()
        ? "begin with these fifteen, %.1fm in the bank".formatted(week.bank() / 10.0)
        : "begin with "
            + others.stream()
                .limit(NAMES)
                .map(outcome.roster()::name)
                .collect(Collectors.joining(", "));
  }

  private String moves(PlannedWeek week) {
    var moves = new TransferAdvice(outcome).transfers(week);
    if (moves.size() > NAMES) {
      return "make %d transfers".formatted(moves.size());
    }
    return moves.stream()
        .map(move -> "sell %s for %s".formatted(move.playerOutName(), move.playerInName()))
        .collect(Collectors.joining(" and "));
  }

  private static String capitalised(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
