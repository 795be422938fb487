package dev.headway.spc.limits;

import dev.headway.spc.model.ChartKind;
import java.util.Locale;

/** How control limits came about; the lower-case names are those on the wire. */
public enum LimitMethod {
  /** Sigma from the mean moving range over d2(2). */
  MOVING_RANGE,
  /** Sigma from the mean range over d2. */
  R_BAR,
  /** Sigma from the mean standard deviation over c4. */
  S_BAR,
  /** Sigma from the binomial distribution. */
  BINOMIAL,
  /** Sigma from the Poisson distribution. */
  POISSON,
  /** Sigma from the binomial or Poisson distribution, times the moving range of z over d2(2). */
  LANEY,
  /** A mean and a sigma that are known. */
  KNOWN,
  /** Set by a person. */
  MANUAL;

  /** How limits of a chart of this kind are estimated. */
  public static LimitMethod of(ChartKind kind) {
    return switch (kind) {
      case INDIVIDUALS -> MOVING_RANGE;
      case XBAR_R, MEDIAN_R -> R_BAR;
      case XBAR_S -> S_BAR;
      case P, NP -> BINOMIAL;
      case C, U -> POISSON;
      case P_PRIME, U_PRIME -> LANEY;
    };
  }

  /** The name on the wire, for example {@code moving_range}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
