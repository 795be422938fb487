package dev.headway.fpl.data;

import dev.headway.fpl.rules.Position;
import dev.headway.fpl.rules.Quota;
import dev.headway.fpl.rules.SquadRules;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/**
 * The document {@code bootstrap-static/}: everything that all managers share.
 *
 * @param events gameweeks
 * @param teams clubs
 * @param elementTypes positions
 * @param gameSettings rules
 * @param chips chips
 * @param elements players
 */
public record Bootstrap(
    List<Gameweek> events,
    List<Club> teams,
    List<ElementType> elementTypes,
    GameSettings gameSettings,
    List<ChipRule> chips,
    List<Player> elements) {
  /** Copies the lists. */
  public Bootstrap {
    events = List.copyOf(events);
    teams = List.copyOf(teams);
    elementTypes = List.copyOf(elementTypes);
    chips = List.copyOf(chips);
    elements = List.copyOf(elements);
  }

  /** The gameweek whose deadline is the next; empty after the last. */
  public Optional<Gameweek> next() {
    return events.stream().filter(Gameweek::isNext).findFirst();
  }

  /** The gameweek whose deadline was the last to pass; empty before the first. */
  public Optional<Gameweek> current() {
    return events.stream().filter(Gameweek::isCurrent).findFirst();
  }

  /** The player of an id. */
  public Optional<Player> player(int id) {
    return elements.stream().filter(player -> player.id() == id).findFirst();
  }

  /** The club of an id. */
  public Optional<Club> club(int id) {
    return teams.stream().filter(club -> club.id() == id).findFirst();
  }

  /** The rules of this season. */
  public SquadRules rules() {
    var quotas = new EnumMap<Position, Quota>(Position.class);
    for (var type : elementTypes) {
      quotas.put(
          Position.ofElementType(type.id()),
          new Quota(type.squadSelect(), type.squadMinPlay(), type.squadMaxPlay()));
    }
    return new SquadRules(
        gameSettings.squadSquadsize(),
        gameSettings.squadSquadplay(),
        gameSettings.squadTeamLimit(),
        gameSettings.squadTotalSpend(),
        quotas,
        1 + gameSettings.maxExtraFreeTransfers(),
        SquadRules.HIT_COST,
        gameSettings.elementSellAtPurchasePrice() ? 1 : gameSettings.transfersSellOnFee());
  }
}
