package dev.headway.fpl.backtest;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The outcome of a replay.
 *
 * @param first first gameweek that was projected
 * @param last last one
 * @param elevens points a week of the best elevens, by what they were chosen
 * @param bins projections by size, each beside what was scored
 * @param error root mean square error of the projections, in points
 * @param errorPerGame the same of points per game
 * @param arrivals what was expected of those who joined their clubs during the season
 */
public record BacktestReport(
    int first,
    int last,
    Map<Eleven, Double> elevens,
    List<Bin> bins,
    double error,
    double errorPerGame,
    Arrivals arrivals) {
  /** Copies the collections. */
  public BacktestReport {
    elevens = Map.copyOf(elevens);
    bins = List.copyOf(bins);
  }

  /** The figure by which an eleven is chosen. */
  public enum Eleven {
    /** The model's projections. */
    MODEL("the model"),
    /** Points per game. */
    PER_GAME("points per game"),
    /** Points per game, of those who play. */
    REGULARS("points per game, of those who played 180 of their club's last 270 minutes"),
    /** What was scored. */
    HINDSIGHT("hindsight");

    private final String label;

    Eleven(String label) {
      this.label = label;
    }
  }

  /**
   * Projections of one size.
   *
   * @param from whole points from which it counts
   * @param number of projections
   * @param projected their mean
   * @param scored the mean of what was scored
   */
  public record Bin(int from, int number, double projected, double scored) {}

  /**
   * Players who joined their club after the first deadline.
   *
   * @param number of projections
   * @param projected mean minutes that were expected
   * @param played mean minutes that they played
   */
  public record Arrivals(int number, double projected, double played) {}

  /** The report as Markdown. */
  public String markdown() {
    var text = new StringBuilder();
    text.append("Gameweeks %d to %d\n\n".formatted(first, last));
    text.append("| best eleven by | points a week |\n| --- | --- |\n");
    for (var by : Eleven.values()) {
      text.append(
          String.format(Locale.ROOT, "| %s | %.1f |\n", by.label, elevens.getOrDefault(by, 0.0)));
    }
    text.append("\n| projected | projections | mean | scored |\n| --- | --- | --- | --- |\n");
    for (var bin : bins) {
      var size =
          bin.equals(bins.getLast())
              ? bin.from() + " and more"
              : bin.from() + " to " + (bin.from() + 1);
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %.2f | %.2f |\n",
              size,
              bin.number(),
              bin.projected(),
              bin.scored()));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "\nRoot mean square error %.3f points; of points per game %.3f.\n",
            error,
            errorPerGame));
    text.append(
        String.format(
            Locale.ROOT,
            "Players who joined their club during the season: %.0f minutes expected, %.0f played (%d projections).\n",
            arrivals.projected(),
            arrivals.played(),
            arrivals.number()));
    return text.toString();
  }
}
