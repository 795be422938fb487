package dev.headway.fpl.advice;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.data.Bootstrap;
import dev.headway.fpl.data.ChipRule;
import dev.headway.fpl.data.Club;
import dev.headway.fpl.data.Gameweek;
import dev.headway.fpl.data.Player;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.ChipWindow;
import dev.headway.fpl.rules.Gameweeks;
import dev.headway.fpl.rules.Position;
import dev.headway.fpl.rules.SquadRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the starting position of a plan, and everything that forbids a plan. */
final class StartingPositions {
  private final SeasonSnapshot season;
  private final Bootstrap bootstrap;
  private final AnalysisRequest request;
  private final SquadRules rules;
  private final PurchasePrices purchases;
  private final List<String> assumptions = new ArrayList<>();
  private final List<Defect> defects = new ArrayList<>();

  private StartingPositions(SeasonSnapshot season, AnalysisRequest request) {
    this.season = season;
    this.bootstrap = season.bootstrap();
    this.request = request;
    this.rules = bootstrap.rules();
    this.purchases = PurchasePrices.of(season);
  }

  /**
   * The position of a request.
   *
   * @throws HeadwayException with every reason why there is none
   */
  static StartingPosition of(SeasonSnapshot season, AnalysisRequest request) {
    var search = new StartingPositions(season, request);
    var position = search.position();
    if (!search.defects.isEmpty()) {
      throw HeadwayException.invalid(search.defects);
    }
    return position;
  }

  private StartingPosition position() {
    if (beginsFresh()) {
      assumptions.add(
          "The team has not played yet, so its first squad is chosen, for %.1fm; squad overrides it"
              .formatted(rules.budget() / 10.0));
    }
    int next = bootstrap.next().map(Gameweek::id).orElse(1);
    assumeFreeHitsSquad();
    int gameweek = gameweek(next);
    var prices = sellingPrices();
    int bank = bank();
    checkSquad(prices, bank);
    return new StartingPosition(
        rules,
        gameweek,
        Math.min(request.horizon(), Gameweeks.LAST - gameweek + 1),
        prices,
        bank,
        freeTransfers(gameweek - next),
        chips(gameweek),
        assumptions);
  }

  private int gameweek(int next) {
    var asked = request.gameweek();
    if (asked == null) {
      return next;
    }
    if (asked < next) {
      var deadline =
          bootstrap.events().stream()
              .filter(event -> event.id() == asked)
              .map(event -> event.deadlineTime().toString())
              .findFirst()
              .orElse("the past");
      defects.add(
          Defect.ofField(
              "gameweek",
              "Gameweek %d's deadline was %s; the next is gameweek %d"
                  .formatted(asked, deadline, next)));
    }
    return asked;
  }

  private Map<Integer, Integer> sellingPrices() {
    var prices = new HashMap<Integer, Integer>();
    var assumed = new ArrayList<String>();
    for (int id : squad()) {
      bootstrap
          .player(id)
          .ifPresentOrElse(
              player -> prices.put(id, sellingPrice(player, assumed)),
              () -> defects.add(Defect.ofField("squad", "No player has the id " + id)));
    }
    checkPaid(prices.keySet());
    if (!assumed.isEmpty()) {
      assumptions.add(
          "What was paid for %s is not known; the present price is taken for it, and purchase_prices overrides it"
              .formatted(String.join(", ", assumed)));
    }
    return prices;
  }

  private List<Integer> squad() {
    var given = request.squad();
    if (given != null) {
      return given;
    }
    return season.team().squad();
  }

  /* Of an uploaded season, or a team that began with a free hit, nothing earlier is known. */
  private void assumeFreeHitsSquad() {
    var picks = season.team().picks();
    if (request.squad() == null && picks != null && picks.ofFreeHit()) {
      assumptions.add(
          "The documents have only the squad of the last free hit, which is taken for the team's;"
              + " squad overrides it");
    }
  }

  /* Before its first deadline a team has no squad that the documents show. */
  private boolean beginsFresh() {
    return request.squad() == null && season.team().picks() == null;
  }

  /* Of a player whom the team does not have yet, the present price is what he would cost. */
  private int sellingPrice(Player player, List<String> assumed) {
    var stated = request.paid().stream().filter(p -> p.playerId() == player.id()).findFirst();
    if (stated.isPresent()) {
      return rules.sellingPrice(stated.get().price(), player.nowCost());
    }
    var paid =
        season.team().squad().contains(player.id()) ? purchases.of(player) : OptionalInt.empty();
    if (paid.isEmpty()) {
      assumed.add(player.webName());
    }
    return rules.sellingPrice(paid.orElse(player.nowCost()), player.nowCost());
  }

  private void checkPaid(Set<Integer> squad) {
    var seen = new HashSet<Integer>();
    for (var paid : request.paid()) {
      if (!squad.contains(paid.playerId())) {
        defects.add(
            Defect.ofField(
                "purchase_prices",
                "Player %d is not in the squad, so nothing was paid for him"
                    .formatted(paid.playerId())));
      } else if (!seen.add(paid.playerId())) {
        defects.add(
            Defect.ofField(
                "purchase_prices", "Player %d has two prices".formatted(paid.playerId())));
      }
    }
  }

  private int bank() {
    var given = request.bank();
    if (given != null) {
      return given;
    }
    if (beginsFresh()) {
      return rules.budget();
    }
    var picks = season.team().picks();
    if (picks != null && Set.copyOf(squad()).equals(Set.copyOf(season.team().squad()))) {
      return picks.entryHistory().bank();
    }
    assumptions.add("Nothing is in the bank beside the squad that was given; bank overrides it");
    return 0;
  }

  private void checkSquad(Map<Integer, Integer> prices, int bank) {
    if (request.squad() == null) {
      return;
    }
    var players = prices.keySet().stream().flatMap(id -> bootstrap.player(id).stream()).toList();
    var byPosition =
        players.stream().collect(Collectors.groupingBy(Player::position, Collectors.counting()));
    for (var position : Position.values()) {
      long has = byPosition.getOrDefault(position, 0L);
      int must = rules.quota(position).select();
      if (has != must) {
        defects.add(
            Defect.ofField(
                "squad",
                "The squad has %d %ss; it must have %d"
                    .formatted(has, position.label().toLowerCase(Locale.ROOT), must)));
      }
    }
    players.stream().collect(Collectors.groupingBy(Player::team)).forEach(this::checkClub);
    checkBudget(players, bank);
  }

  /* A player who moved clubs may be the fourth; the team has them all then, and keeps them. */
  private void checkClub(int club, List<Player> players) {
    if (players.size() > rules.perClub()
        && !season.team().squad().containsAll(players.stream().map(Player::id).toList())) {
      defects.add(
          Defect.ofField(
              "squad",
              "The squad has %d players of %s; %d at most"
                  .formatted(
                      players.size(),
                      bootstrap.club(club).map(Club::name).orElse("club " + club),
                      rules.perClub())));
    }
  }

  /*
   * A squad may be worth more than the budget because its players have risen. So each is counted at
   * the lower of his first and his present price: more than the budget even so was never affordable.
   */
  private void checkBudget(List<Player> players, int bank) {
    int least = players.stream().mapToInt(p -> Math.min(p.startCost(), p.nowCost())).sum() + bank;
    var entryValue = season.team().entry().lastDeadlineValue();
    int budget = Math.max(rules.budget(), entryValue == null ? 0 : entryValue);
    if (least > budget) {
      defects.add(
          Defect.ofField(
              "squad",
              "The squad and %.1fm in the bank cost %.1fm; the budget is %.1fm"
                  .formatted(bank / 10.0, least / 10.0, budget / 10.0)));
    }
  }

  private int freeTransfers(int gameweeksAhead) {
    if (beginsFresh()) {
      return 0;
    }
    var given = request.freeTransfers();
    if (given != null) {
      return Math.min(rules.freeTransferCap(), given);
    }
    var saved = SavedTransfers.of(season);
    int free = Math.min(rules.freeTransferCap(), saved.number() + gameweeksAhead);
    assumptions.addAll(saved.assumptions());
    assumptions.add(
        "%s from the team's history; free_transfers overrides it"
            .formatted(free == 1 ? "1 free transfer follows" : free + " free transfers follow"));
    return free;
  }

  private List<ChipWindow> chips(int gameweek) {
    var windows = new ArrayList<ChipWindow>();
    for (var rule : bootstrap.chips()) {
      var chip = Chip.named(rule.name());
      if (chip.isPresent()
          && rule.stopEvent() >= Math.max(gameweek, first(chip.get(), rule, gameweek))) {
        var window =
            new ChipWindow(chip.get(), first(chip.get(), rule, gameweek), rule.stopEvent());
        if (playable(window, gameweek, rule.number())) {
          windows.add(window);
        }
      }
    }
    return windows;
  }

  /* No free hits in two gameweeks running; and a first squad needs neither it nor a wildcard. */
  private int first(Chip chip, ChipRule rule, int gameweek) {
    boolean justPlayed =
        chip == Chip.FREE_HIT
            && season.team().history().chips().stream()
                .anyMatch(play ->
                    play.event() == gameweek - 1
                        && Chip.named(play.name()).equals(Optional.of(chip)));
    boolean needless = beginsFresh() && chip.keepsSavedTransfers();
    return Math.max(rule.startEvent(), justPlayed || needless ? gameweek + 1 : rule.startEvent());
  }

  private boolean playable(ChipWindow window, int gameweek, int number) {
    var given = request.availableChips();
    if (given != null && window.contains(gameweek)) {
      return given.contains(window.chip());
    }
    long played =
        season.team().history().chips().stream()
            .filter(play -> Chip.named(play.name()).equals(Optional.of(window.chip())))
            .filter(play -> window.contains(play.event()))
            .count();
    return played < number;
  }
}
