package dev.headway.fpl.plan;

import dev.headway.fpl.rules.Position;
import java.util.List;

/**
 * A player that a plan may field, with price and projections. Money is in tenths of a million.
 *
 * @param id the API's element id
 * @param position his position
 * @param club the API's team id
 * @param price what buying him costs
 * @param sellingPrice what selling him brings if he is in the squad at the start, else his price
 * @param owned whether he is in the squad at the start
 * @param points projected points per week of the plan
 */
public record Candidate(
    int id,
    Position position,
    int club,
    int price,
    int sellingPrice,
    boolean owned,
    List<Double> points) {
  /** Requires a selling price that is not above the price. */
  public Candidate {
    points = List.copyOf(points);
    if (sellingPrice > price) {
      throw new IllegalArgumentException(
          "The selling price (%d) of player %d must not exceed his price (%d)"
              .formatted(sellingPrice, id, price));
    }
  }

  /** The same player with other points. */
  public Candidate withPoints(List<Double> others) {
    return new Candidate(id, position, club, price, sellingPrice, owned, others);
  }

  /** Points in a week of the plan, counted from 0. */
  public double points(int week) {
    return points.get(week);
  }

  /** The loss when he is sold for the first time. */
  public int sellingLoss() {
    return owned ? price - sellingPrice : 0;
  }
}
