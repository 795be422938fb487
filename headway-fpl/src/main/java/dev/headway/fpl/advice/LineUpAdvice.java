package dev.headway.fpl.advice;

import dev.headway.fpl.advice.DecisionOutput.CaptainChoice;
import dev.headway.fpl.advice.DecisionOutput.Captaincy;
import dev.headway.fpl.advice.DecisionOutput.LinedUpPlayer;
import dev.headway.fpl.advice.DecisionOutput.OptimizedXi;
import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.LineUp;
import dev.headway.fpl.plan.LineUps;
import dev.headway.fpl.rules.Position;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The line-up and the captain of the first gameweek. */
final class LineUpAdvice {
  private static final int ALTERNATIVES = 3;

  private final SearchOutcome outcome;
  private final LineUp lineUp;

  LineUpAdvice(SearchOutcome outcome) {
    this.outcome = outcome;
    // With a bench boost all fifteen play; the line-up is still eleven and four.
    this.lineUp =
        new LineUps(outcome.position().rules(), outcome.request().weights())
            .best(squad(outcome), c -> c.points(0));
  }

  /* As the plan counts them, so that it has the same captain. */
  private static List<Candidate> squad(SearchOutcome outcome) {
    return outcome.request().candidates().stream()
        .filter(candidate -> outcome.now().squad().contains(candidate.id()))
        .toList();
  }

  /** Whom to captain, and who else could be. */
  Captaincy captaincy() {
    var alternatives =
        lineUp.starters().stream()
            .filter(id -> id != lineUp.captain() && id != lineUp.vice())
            .sorted(Comparator.comparingDouble(this::points).reversed())
            .limit(ALTERNATIVES)
            .map(this::choice)
            .toList();
    return new Captaincy(choice(lineUp.captain()), choice(lineUp.vice()), alternatives);
  }

  /** The eleven and the bench. */
  OptimizedXi xi() {
    var formation =
        Stream.of(Position.DEFENDER, Position.MIDFIELDER, Position.FORWARD)
            .map(this::playing)
            .map(String::valueOf)
            .collect(Collectors.joining("-"));
    return new OptimizedXi(
        formation,
        lineUp.starters().stream().map(this::player).toList(),
        lineUp.bench().stream().map(this::player).toList(),
        Rounding.points(outcome.now().points()));
  }

  /** The line-up. */
  LineUp lineUp() {
    return lineUp;
  }

  private long playing(Position position) {
    return lineUp.starters().stream()
        .filter(id -> outcome.roster().candidate(id).position() == position)
        .count();
  }

  private LinedUpPlayer player(int id) {
    var projection = outcome.roster().projection(id, outcome.position().gameweek());
    return new LinedUpPlayer(
        id,
        outcome.roster().name(id),
        outcome.roster().candidate(id).position().label(),
        outcome.roster().club(id),
        Rounding.points(projection.points()),
        Math.round(projection.minutes()),
        Rounding.points(projection.breakdown()));
  }

  private CaptainChoice choice(int id) {
    return new CaptainChoice(id, outcome.roster().name(id), Rounding.points(points(id)));
  }

  private double points(int id) {
    return outcome.roster().candidate(id).points(0);
  }
}
