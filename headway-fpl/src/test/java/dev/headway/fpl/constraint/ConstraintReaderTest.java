package dev.headway.fpl.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.Defect;
import dev.headway.fpl.constraint.Constraints.ChipDemand;
import dev.headway.fpl.constraint.Constraints.Move;
import dev.headway.fpl.constraint.Constraints.PlayerRule;
import dev.headway.fpl.data.Player;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.data.StoredSource;
import dev.headway.fpl.plan.Restriction;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.ChipWindow;
import dev.headway.fpl.rules.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Constraints on a plan of gameweeks 2 to 6 for a team of the shipped season. */
class ConstraintReaderTest {
  private static final SeasonSnapshot SEASON = StoredSource.sample().snapshot(2, (_, _, _) -> {});

  private final List<Defect> defects = new ArrayList<>();
  private final Player mine = owned(Position.MIDFIELDER);
  private final Player other = notOwned(Position.MIDFIELDER);

  @Test
  void read_nothing_demandsNothing() {
    assertThat(ConstraintReader.read(null, frame(2000), defects)).isEmpty();
    assertThat(read(new Constraints(null, null, null, null, null))).isEmpty();
    assertThat(defects).isEmpty();
  }

  @Test
  void read_lockAndBan_holdInTheirGameweeksOrInAll() {
    var demands =
        read(
            new Constraints(
                List.of(new PlayerRule(mine.id(), List.of(3))),
                List.of(new PlayerRule(other.id(), null)),
                null,
                null,
                null));

    assertThat(demands)
        .contains(new Restriction.Owned(mine.id(), 1, 1))
        .contains(new Restriction.NotOwned(other.id(), 0, 0))
        .contains(new Restriction.NotOwned(other.id(), 4, 4))
        .hasSize(6);
    assertThat(defects).isEmpty();
  }

  @Test
  void read_bookedMove_isMadeInItsGameweekAndNotBefore() {
    var demands = read(moves(new Move(4, mine.id(), other.id())));

    assertThat(demands)
        .containsExactlyInAnyOrder(
            new Restriction.Owned(mine.id(), 1, 1),
            new Restriction.NotOwned(other.id(), 1, 1),
            new Restriction.NotOwned(mine.id(), 2, 2),
            new Restriction.Owned(other.id(), 2, 2));
    assertThat(defects).isEmpty();
  }

  @Test
  void read_chips_arePlayedOrNot() {
    var demands =
        read(chips(new ChipDemand("bench_boost", 3, null), new ChipDemand("wildcard", 2, false)));

    assertThat(demands)
        .containsExactly(
            new Restriction.Played(Chip.BENCH_BOOST, 1),
            new Restriction.NotPlayed(Chip.WILDCARD, 0));
    assertThat(defects).isEmpty();
  }

  @Test
  void read_everythingWrong_isNamedAtOnce() {
    var keeper = owned(Position.GOALKEEPER);
    read(
        new Constraints(
            List.of(new PlayerRule(mine.id(), null), new PlayerRule(99_999, null)),
            List.of(new PlayerRule(mine.id(), List.of(3)), new PlayerRule(other.id(), List.of(39))),
            List.of(
                new Move(2, mine.id(), other.id()),
                new Move(3, keeper.id(), notOwned(Position.FORWARD).id())),
            List.of(
                new ChipDemand("wildcard", 2, true),
                new ChipDemand("bench_boost", 2, true),
                new ChipDemand("free_hit", 4, true),
                new ChipDemand("wildcard", 2, false),
                new ChipDemand("assistant", 3, null)),
            List.of(2)));

    assertThat(defects)
        .extracting(Defect::message)
        .anyMatch(text -> text.contains("both locked and banned in gameweek 3"))
        .anyMatch(text -> text.contains("No player that can be had has the id 99999"))
        .anyMatch(text -> text.contains("Gameweek 39 is not in the plan, which has 2 to 6"))
        .anyMatch(text -> text.contains("is locked in gameweek 2"))
        .anyMatch(text -> text.contains("no_transfers has gameweek 2, too"))
        .anyMatch(text -> text.contains("a transfer keeps the position"))
        .anyMatch(text -> text.contains("Gameweek 2 can have one chip"))
        .anyMatch(text -> text.contains("Free Hit cannot be played in gameweek 4"))
        .anyMatch(text -> text.contains("both demanded and forbidden in gameweek 2"))
        .anyMatch(text -> text.contains("Chip 'assistant' is not known"));
    assertThat(defects).extracting(Defect::field).allMatch(f -> f.startsWith("constraints."));
  }

  @Test
  void read_sellingWhoIsNotThere_isRefused() {
    read(moves(new Move(2, other.id(), mine.id())));

    assertThat(defects)
        .extracting(Defect::message)
        .anyMatch(text -> text.contains("is not in the squad before gameweek 2"))
        .anyMatch(text -> text.contains("is in the squad before gameweek 2"));
  }

  @Test
  void read_moveDearerThanTheWholeTeamCanPay_saysWhatItCan() {
    var dear =
        SEASON.bootstrap().elements().stream()
            .filter(p -> p.position() == Position.MIDFIELDER && !squad().contains(p.id()))
            .max(Comparator.comparingInt(Player::nowCost))
            .orElseThrow();

    ConstraintReader.read(moves(new Move(2, mine.id(), dear.id())), frame(600), defects);

    assertThat(defects)
        .singleElement()
        .matches(d -> d.message().contains("beside the cheapest fourteen others"));
  }

  private List<Restriction> read(Constraints constraints) {
    return ConstraintReader.read(constraints, frame(1000), defects);
  }

  private static Constraints moves(Move move) {
    return new Constraints(null, null, List.of(move), null, null);
  }

  private static Constraints chips(ChipDemand... demands) {
    return new Constraints(null, null, null, List.of(demands), null);
  }

  private static PlanFrame frame(int money) {
    return new PlanFrame(
        SEASON.bootstrap().rules(),
        2,
        6,
        squad(),
        money,
        List.of(new ChipWindow(Chip.WILDCARD, 2, 19), new ChipWindow(Chip.BENCH_BOOST, 1, 19)),
        SEASON.bootstrap().elements());
  }

  private static Set<Integer> squad() {
    return Set.copyOf(SEASON.team().squad());
  }

  private static Player owned(Position position) {
    return SEASON.bootstrap().elements().stream()
        .filter(p -> p.position() == position && squad().contains(p.id()))
        .findFirst()
        .orElseThrow();
  }

  private static Player notOwned(Position position) {
    return SEASON.bootstrap().elements().stream()
        .filter(p -> p.position() == position && !squad().contains(p.id()))
        .min(Comparator.comparingInt(Player::nowCost))
        .orElseThrow();
  }
}
