package dev.headway.fpl.projection;

/**
 * The parts of a projection, in points; they add up to it.
 *
 * @param form from the points of the last 30 days
 * @param pointsPerGame from the season's points per match
 * @param expectedInvolvement from expected goals and assists
 * @param price from what players of his price score: what stands in while he has hardly played
 * @param minutes what is lost because he does not play every minute
 * @param availability what is lost to injury, suspension and doubt
 * @param fixtures what easy opponents add and hard ones take
 */
public record Breakdown(
    double form,
    double pointsPerGame,
    double expectedInvolvement,
    double price,
    double minutes,
    double availability,
    double fixtures) {
  /** Nothing: a blank gameweek. */
  public static final Breakdown NONE = new Breakdown(0, 0, 0, 0, 0, 0, 0);

  /** The projected points. */
  public double total() {
    return form + pointsPerGame + expectedInvolvement + price + minutes + availability + fixtures;
  }
}
