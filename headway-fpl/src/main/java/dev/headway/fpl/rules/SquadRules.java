package dev.headway.fpl.rules;

import java.util.EnumMap;
import java.util.Map;

/**
 * The rules that a squad, a line-up and its transfers obey. All money is in tenths of a million.
 *
 * @param squadSize players in a squad
 * @param starters players in a line-up
 * @param perClub most players of one club
 * @param budget money for a first squad
 * @param quotas per position
 * @param freeTransferCap most free transfers that can be saved
 * @param hitCost points that each transfer beyond the free ones costs
 * @param sellOnFee share of a price rise that is lost when selling, 0 to 1
 */
public record SquadRules(
    int squadSize,
    int starters,
    int perClub,
    int budget,
    Map<Position, Quota> quotas,
    int freeTransferCap,
    int hitCost,
    double sellOnFee) {
  /** Points that an extra transfer costs; the API does not state it, the published rules do. */
  public static final int HIT_COST = 4;

  /** Requires a quota for every position. */
  public SquadRules {
    quotas = Map.copyOf(quotas);
    if (quotas.size() != Position.values().length) {
      throw new IllegalArgumentException("Each of the four positions needs a quota");
    }
  }

  /** The rules of the 2026-27 season, as the API states them. */
  public static SquadRules standard() {
    var quotas = new EnumMap<Position, Quota>(Position.class);
    quotas.put(Position.GOALKEEPER, new Quota(2, 1, 1));
    quotas.put(Position.DEFENDER, new Quota(5, 3, 5));
    quotas.put(Position.MIDFIELDER, new Quota(5, 2, 5));
    quotas.put(Position.FORWARD, new Quota(3, 1, 3));
    return new SquadRules(15, 11, 3, 1000, quotas, 5, HIT_COST, 0.5);
  }

  /** The quota of a position. */
  public Quota quota(Position position) {
    var quota = quotas.get(position);
    if (quota == null) {
      throw new IllegalStateException("No quota for " + position);
    }
    return quota;
  }

  /** Goalkeepers on the bench: those of the squad who cannot all play. */
  public int substituteKeepers() {
    var keepers = quota(Position.GOALKEEPER);
    return keepers.select() - keepers.maxPlay();
  }

  /** Outfield players on the bench. */
  public int substituteOutfield() {
    return squadSize - starters - substituteKeepers();
  }

  /**
   * The price of a player who is sold: after a rise the purchase price and what the fee leaves of
   * the rise, rounded down to a tenth; after a fall the present price.
   */
  public int sellingPrice(int purchasePrice, int presentPrice) {
    if (presentPrice <= purchasePrice) {
      return presentPrice;
    }
    int rise = presentPrice - purchasePrice;
    return purchasePrice + (int) Math.floor(rise * (1 - sellOnFee) + 1e-9);
  }

  /**
   * The free transfers of the next gameweek.
   *
   * @param free free transfers before this gameweek
   * @param made transfers made in it
   * @param keepsSaved whether a wildcard or free hit is played, which leaves the saved ones as they
   *     are
   */
  public int nextFreeTransfers(int free, int made, boolean keepsSaved) {
    if (keepsSaved) {
      return Math.max(1, free);
    }
    return Math.min(freeTransferCap, Math.max(0, free - made) + 1);
  }
}
