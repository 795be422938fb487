package dev.headway.filling.model;

import java.math.BigDecimal;

/**
 * A filling line.
 *
 * @param name unique within a plan
 * @param window microseconds of filling and changeovers that one clean allows
 * @param vialsPerHour filling rate
 * @param calendar when it works
 */
public record Line(String name, long window, BigDecimal vialsPerHour, Calendar calendar) {
  /** A line that works always. */
  public Line(String name, long window, BigDecimal vialsPerHour) {
    this(name, window, vialsPerHour, Calendar.ALWAYS);
  }
}
