package dev.headway.fpl.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.data.Bootstrap;
import dev.headway.fpl.data.Entry;
import dev.headway.fpl.data.EntryHistory;
import dev.headway.fpl.data.Gameweek;
import dev.headway.fpl.data.Picks;
import dev.headway.fpl.data.Player;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.data.StoredSource;
import dev.headway.fpl.data.TeamDocuments;
import dev.headway.fpl.data.Transfer;
import dev.headway.fpl.rules.Chip;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where a plan begins, by the documents of a team. */
class StartingPositionsTest {
  private static final Instant AUGUST = Instant.parse("2026-08-27T10:00:00Z");

  private final SeasonSnapshot season = StoredSource.sample().snapshot(2, (_, _, _) -> {});
  private final List<Integer> squad = season.team().squad();

  @Test
  void of_playerSinceTheStart_losesHalfOfHisRiseAfterAnotherTransfer() {
    int risen = squad.get(0);
    var moves = List.of(transfer(squad.get(1), 50, 2));
    var position = position(withTeam(priced(Map.of(risen, 13)), moves, List.of()));

    int start = player(risen).nowCost();
    assertThat(position.sellingPrices().get(risen)).isEqualTo(start + 6);
  }

  @Test
  void of_playerBoughtTwice_soldByTheLatestPrice() {
    int id = squad.get(3);
    int now = player(id).nowCost();
    var moves = List.of(transfer(id, now - 9, 2), transfer(id, now - 3, 4));

    var position = position(withTeam(season.bootstrap(), moves, List.of()));

    assertThat(position.sellingPrices().get(id)).isEqualTo(now - 3 + 1);
  }

  @Test
  void of_playerBoughtByAFreeHit_keepsTheEarlierPrice() {
    int id = squad.get(3);
    int now = player(id).nowCost();
    var moves = List.of(transfer(id, now - 4, 2), transfer(id, now - 1, 5));

    var position =
        position(
            withTeam(season.bootstrap(), moves, List.of(new EntryHistory.ChipPlay("freehit", 5))));

    assertThat(position.sellingPrices().get(id)).isEqualTo(now - 4 + 2);
  }

  @Test
  void of_transfersUnknownAndMade_saysWhatIsAssumed() {
    var history =
        new EntryHistory(List.of(new EntryHistory.GameweekRow(1, 50, 0, 1000, 3, 0)), List.of());
    var documents = new TeamDocuments(season.team().entry(), history, season.team().picks(), null);

    var position = position(with(season.bootstrap(), documents));

    assertThat(position.assumptions())
        .anyMatch(text -> text.startsWith("What was paid for") && text.contains("present price"));
  }

  @Test
  void of_squadWithoutItsBank_isTheTeamsOwnOrSaysThatNothingIsAssumed() {
    var team = season.team();
    var picks = new Picks(null, new EntryHistory.GameweekRow(1, 50, 7, 1000, 0, 0), picks(team));
    var entry = team.entry();
    var valued = new Entry(entry.id(), entry.name(), 1, 1, 7, 1_007);
    var documents = new TeamDocuments(valued, team.history(), picks, List.of());
    var rich = with(season.bootstrap(), documents);
    var other = StoredSource.sample().snapshot(3, (_, _, _) -> {}).team().squad();

    var own = StartingPositions.of(rich, withoutBank(squad.reversed()));
    var foreign = StartingPositions.of(rich, withoutBank(other));

    assertThat(own.bank()).isEqualTo(7);
    assertThat(own.assumptions()).noneMatch(text -> text.contains("in the bank"));
    assertThat(foreign.bank()).isZero();
    assertThat(foreign.assumptions())
        .contains("Nothing is in the bank beside the squad that was given; bank overrides it")
        .contains("1 free transfer follows from the team's history; free_transfers overrides it");
  }

  @Test
  void of_squadOfAFreeHitAlone_saysWhatIsAssumed() {
    var team = season.team();
    var hit = new Picks("freehit", new EntryHistory.GameweekRow(1, 50, 0, 1000, 0, 0), picks(team));
    var documents = new TeamDocuments(team.entry(), team.history(), hit, List.of());
    var afterwards = with(season.bootstrap(), documents);

    assertThat(position(afterwards).assumptions())
        .anyMatch(
            text -> text.startsWith("The documents have only the squad of the last free hit"));
    assertThat(StartingPositions.of(afterwards, request(squad)).assumptions())
        .noneMatch(text -> text.contains("free hit"));
  }

  @Test
  void of_fourOfAClubAfterAMove_takesTheTeamsOwnSquad() {
    var crowded = withTeam(crowded(), List.of(), List.of());

    assertThat(position(crowded).sellingPrices()).hasSize(15);
    assertThat(StartingPositions.of(crowded, request(squad)).sellingPrices()).hasSize(15);
  }

  @Test
  void of_fourOfAClubInAForeignSquad_isRefused() {
    var foreign = StoredSource.sample().snapshot(3, (_, _, _) -> {});
    var bootstrap = crowded();
    var documents = foreign.team();

    assertThatThrownBy(() -> StartingPositions.of(with(bootstrap, documents), request(squad)))
        .hasMessageContaining("players of");
  }

  @Test
  void of_freeHitInTheLastGameweek_excludesItNow() {
    int last = season.bootstrap().next().orElseThrow().id() - 1;
    var played = List.of(new EntryHistory.ChipPlay("freehit", last));

    var position = position(withTeam(season.bootstrap(), List.of(), played));

    assertThat(position.chips())
        .filteredOn(window -> window.chip() == Chip.FREE_HIT)
        .noneMatch(window -> window.contains(position.gameweek()));
  }

  @Test
  void of_teamThatHasNotPlayed_takesTheSquadGivenOrBeginsWithTheBudget() {
    var entry = season.team().entry();
    var fresh = new Entry(entry.id(), entry.name(), null, 2, null, null);
    var documents =
        new TeamDocuments(fresh, new EntryHistory(List.of(), List.of()), null, List.of());
    var unplayed = with(season.bootstrap(), documents);

    assertThat(StartingPositions.of(unplayed, request(squad)).sellingPrices()).hasSize(15);
    var first = position(unplayed);
    assertThat(first.sellingPrices()).isEmpty();
    assertThat(first.bank()).isEqualTo(1000);
    assertThat(first.assumptions()).anyMatch(text -> text.contains("first squad is chosen"));
    assertThat(first.chips())
        .filteredOn(window -> window.chip().keepsSavedTransfers())
        .noneMatch(window -> window.contains(first.gameweek()));
  }

  @Test
  void of_moreTransfersThanItHadAndPaidFor_countsTheLeaguesTopUp() {
    var rows = List.of(row(1, 0, 0), row(2, 0, 0), row(3, 5, 0), row(4, 0, 0));

    var position = position(withHistory(rows));

    assertThat(position.freeTransfers()).isEqualTo(2);
    assertThat(position.assumptions()).anyMatch(text -> text.contains("topped its 2 up"));
  }

  @Test
  void of_hitsPaid_areNoTopUp() {
    var position = position(withHistory(List.of(row(1, 0, 0), row(2, 3, 8), row(3, 0, 0))));

    assertThat(position.freeTransfers()).isEqualTo(2);
    assertThat(position.assumptions()).noneMatch(text -> text.contains("topped"));
  }

  @Test
  void of_seasonWithATopUp_hasFiveBeforeItsGameweek() {
    var rows = IntStream.rangeClosed(1, 15).mapToObj(event -> row(event, 1, 0)).toList();
    var bootstrap = season.bootstrap();
    var earlier =
        bootstrap.events().stream()
            .map(e ->
                new Gameweek(
                    e.id(),
                    e.deadlineTime().minus(Duration.ofDays(365)),
                    e.finished(),
                    e.isCurrent(),
                    e.isNext()))
            .toList();
    var lastSeason =
        new Bootstrap(
            earlier,
            bootstrap.teams(),
            bootstrap.elementTypes(),
            bootstrap.gameSettings(),
            bootstrap.chips(),
            bootstrap.elements());

    assertThat(position(with(lastSeason, documents(rows))).freeTransfers()).isEqualTo(5);
    assertThat(position(withHistory(rows)).freeTransfers()).isEqualTo(1);
  }

  private static EntryHistory.GameweekRow row(int event, int transfers, int cost) {
    return new EntryHistory.GameweekRow(event, 50, 0, 1000, transfers, cost);
  }

  private SeasonSnapshot withHistory(List<EntryHistory.GameweekRow> rows) {
    return with(season.bootstrap(), documents(rows));
  }

  private TeamDocuments documents(List<EntryHistory.GameweekRow> rows) {
    var team = season.team();
    return new TeamDocuments(
        team.entry(), new EntryHistory(rows, List.of()), team.picks(), List.of());
  }

  @Test
  void of_statedPurchasePrice_overridesTheDocuments() {
    int id = squad.get(3);
    int now = player(id).nowCost();
    var moves = List.of(transfer(id, now, 2));

    var position =
        StartingPositions.of(
            withTeam(season.bootstrap(), moves, List.of()),
            request(null, List.of(new PaidPrice(id, now - 5))));

    assertThat(position.sellingPrices().get(id)).isEqualTo(now - 5 + 2);
  }

  @Test
  void of_purchasePricesOfNobody_namesThemAll() {
    int id = squad.get(3);
    var stated = List.of(new PaidPrice(id, 50), new PaidPrice(id, 51), new PaidPrice(9_999, 50));

    assertThatThrownBy(() -> StartingPositions.of(season, request(null, stated)))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            refused ->
                assertThat(refused.defects())
                    .extracting(Defect::message)
                    .containsExactlyInAnyOrder(
                        "Player %d has two prices".formatted(id),
                        "Player 9999 is not in the squad, so nothing was paid for him"));
  }

  private static List<Picks.Pick> picks(TeamDocuments team) {
    return Objects.requireNonNull(team.picks()).picks();
  }

  private static AnalysisRequest request(@Nullable List<Integer> squad) {
    return request(squad, List.of());
  }

  private static AnalysisRequest request(@Nullable List<Integer> squad, List<PaidPrice> paid) {
    return request(squad, squad == null ? null : 0, paid);
  }

  private static AnalysisRequest withoutBank(List<Integer> squad) {
    return request(squad, null, List.of());
  }

  private static AnalysisRequest request(
      @Nullable List<Integer> squad, @Nullable Integer bank, List<PaidPrice> paid) {
    var plain = AnalysisRequest.ofTeam(2);
    return new AnalysisRequest(
        2, null, 1, null, null, plain.posture(), List.of(), squad, bank, paid, null, null);
  }

  private static StartingPosition position(SeasonSnapshot season) {
    return StartingPositions.of(season, request(null));
  }

  private static Transfer transfer(int bought, int cost, int event) {
    return new Transfer(bought, cost, 9, cost, event, AUGUST.plusSeconds(event));
  }

  private Player player(int id) {
    return season.bootstrap().player(id).orElseThrow();
  }

  private SeasonSnapshot withTeam(
      Bootstrap bootstrap, List<Transfer> transfers, List<EntryHistory.ChipPlay> chips) {
    var team = season.team();
    var history = new EntryHistory(team.history().current(), chips);
    return with(bootstrap, new TeamDocuments(team.entry(), history, team.picks(), transfers));
  }

  private SeasonSnapshot with(Bootstrap bootstrap, TeamDocuments team) {
    return new SeasonSnapshot(
        season.source(),
        season.capturedAt(),
        season.confirmedAt(),
        season.now(),
        bootstrap,
        season.fixtures(),
        season.eventStatus(),
        season.played(),
        team,
        season.checksum());
  }

  /* The present prices of some players are higher than at the start. */
  private Bootstrap priced(Map<Integer, Integer> rises) {
    return changed(p -> {
      int rise = rises.getOrDefault(p.id(), 0);
      return rise == 0 ? p : moved(p, p.team(), p.nowCost() + rise, rise);
    });
  }

  /* Players of the squad move to the club that has most of it until it has four. */
  private Bootstrap crowded() {
    var byClub =
        squad.stream()
            .collect(
                Collectors.groupingBy(id -> player(id).team(), HashMap::new, Collectors.toList()));
    var largest =
        byClub.entrySet().stream()
            .max(Map.Entry.comparingByValue((a, b) -> Integer.compare(a.size(), b.size())))
            .orElseThrow();
    var movers =
        squad.stream()
            .filter(id -> !largest.getValue().contains(id))
            .limit(4L - largest.getValue().size())
            .toList();
    return changed(p -> movers.contains(p.id()) ? moved(p, largest.getKey(), p.nowCost(), 0) : p);
  }

  private Bootstrap changed(UnaryOperator<Player> change) {
    var bootstrap = season.bootstrap();
    return new Bootstrap(
        bootstrap.events(),
        bootstrap.teams(),
        bootstrap.elementTypes(),
        bootstrap.gameSettings(),
        bootstrap.chips(),
        bootstrap.elements().stream().map(change).toList());
  }

  private static Player moved(Player p, int club, int price, int rise) {
    return new Player(
        p.id(),
        p.webName(),
        p.firstName(),
        p.secondName(),
        club,
        p.elementType(),
        price,
        rise,
        p.status(),
        p.news(),
        p.chanceOfPlayingNextRound(),
        p.epNext(),
        p.form(),
        p.pointsPerGame(),
        p.minutes(),
        p.expectedGoals(),
        p.expectedAssists(),
        p.removed(),
        p.teamJoinDate(),
        null);
  }
}
