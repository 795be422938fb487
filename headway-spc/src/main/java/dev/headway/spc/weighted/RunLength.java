package dev.headway.spc.weighted;

import dev.headway.spc.constants.Normal;
import java.util.Arrays;

/**
 * Average run lengths: how many samples a chart takes on the average until it signals, for normally
 * distributed statistics and a shift of the mean that is there from the first sample on. By Markov
 * chains: D. Brook and D. A. Evans, Biometrika 59 (1972) 539-549 for the CUSUM; J. M. Lucas and M.
 * S. Saccucci, Technometrics 32 (1990) 1-12 for the EWMA, with its steady limits.
 */
public final class RunLength {
  private static final int STATES = 101;

  private RunLength() {}

  /**
   * The average run length of an EWMA.
   *
   * @param shift of the mean, in standard deviations
   */
  public static double of(EwmaChart chart, double shift) {
    var lambda = chart.lambda();
    var limit = chart.width() * Math.sqrt(lambda / (2 - lambda));
    var step = 2 * limit / STATES;
    var stays = new double[STATES][STATES];
    for (var from = 0; from < STATES; from++) {
      var kept = (1 - lambda) * (-limit + (from + 0.5) * step);
      for (var to = 0; to < STATES; to++) {
        var low = -limit + to * step;
        stays[from][to] =
            Normal.below((low + step - kept) / lambda - shift)
                - Normal.below((low - kept) / lambda - shift);
      }
    }
    return expected(stays)[STATES / 2];
  }

  /**
   * The average run length of a two-sided CUSUM.
   *
   * @param shift of the mean, in standard deviations
   */
  public static double of(CusumChart chart, double shift) {
    return 1 / (1 / oneSided(chart, shift) + 1 / oneSided(chart, -shift));
  }

  private static double oneSided(CusumChart chart, double shift) {
    var step = 2 * chart.decision() / (2 * STATES - 1);
    var drift = chart.slack() - shift;
    var stays = new double[STATES][STATES];
    for (var from = 0; from < STATES; from++) {
      stays[from][0] = Normal.below(drift - from * step + step / 2);
      for (var to = 1; to < STATES; to++) {
        var distance = (to - from) * step + drift;
        stays[from][to] = Normal.below(distance + step / 2) - Normal.below(distance - step / 2);
      }
    }
    return expected(stays)[0];
  }

  /** The expected steps until absorption from each state: the solution of (I − Q) x = 1. */
  private static double[] expected(double[][] stays) {
    var size = stays.length;
    var rows = new double[size][size + 1];
    for (var row = 0; row < size; row++) {
      for (var column = 0; column < size; column++) {
        rows[row][column] = (row == column ? 1 : 0) - stays[row][column];
      }
      rows[row][size] = 1;
    }
    // I − Q is diagonally dominant, so that elimination needs no exchange of rows.
    for (var pivot = 0; pivot < size; pivot++) {
      for (var row = pivot + 1; row < size; row++) {
        var factor = rows[row][pivot] / rows[pivot][pivot];
        for (var column = pivot; column <= size; column++) {
          rows[row][column] -= factor * rows[pivot][column];
        }
      }
    }
    var solution = new double[size];
    for (var row = size - 1; row >= 0; row--) {
      var rest = rows[row][size];
      for (var column = row + 1; column < size; column++) {
        rest -= rows[row][column] * solution[column];
      }
      solution[row] = rest / rows[row][row];
    }
    return Arrays.copyOf(solution, size);
  }
}
