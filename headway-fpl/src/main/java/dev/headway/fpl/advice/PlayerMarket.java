package dev.headway.fpl.advice;

import dev.headway.fpl.data.Club;
import dev.headway.fpl.data.Player;
import dev.headway.fpl.data.SeasonSnapshot;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The players that a plan can have, as the wire has them.
 *
 * @param gameweeks those of the plan
 * @param players the squad, and everybody who can be bought
 */
public record PlayerMarket(List<Integer> gameweeks, List<MarketPlayer> players) {
  /** Copies the lists. */
  public PlayerMarket {
    gameweeks = List.copyOf(gameweeks);
    players = List.copyOf(players);
  }

  /**
   * A player. Money is in tenths of a million.
   *
   * @param club three letters
   * @param price what buying him costs
   * @param sellingPrice what selling him brings; null when he is not in the squad
   * @param expectedPts in each of the gameweeks
   */
  public record MarketPlayer(
      int playerId,
      String playerName,
      String position,
      String club,
      int price,
      @Nullable Integer sellingPrice,
      List<Double> expectedPts) {
    /** Copies the list. */
    public MarketPlayer {
      expectedPts = List.copyOf(expectedPts);
    }
  }

  static PlayerMarket of(SeasonSnapshot season, AnalysisBasis basis) {
    var position = basis.position();
    var gameweeks =
        IntStream.range(0, position.horizon()).map(position::gameweekOf).boxed().toList();
    var players =
        PlanRequests.market(season, position).stream()
            .map(player -> player(player, season, basis))
            .toList();
    return new PlayerMarket(gameweeks, players);
  }

  private static MarketPlayer player(Player player, SeasonSnapshot season, AnalysisBasis basis) {
    var position = basis.position();
    var candidate = PlanRequests.candidate(player, position, basis.projections());
    return new MarketPlayer(
        player.id(),
        player.webName(),
        player.position().label(),
        season.bootstrap().club(player.team()).map(Club::shortName).orElse(""),
        candidate.price(),
        candidate.owned() ? candidate.sellingPrice() : null,
        candidate.points().stream().map(Rounding::points).toList());
  }
}
