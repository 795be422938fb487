package dev.headway.filling.model;

import org.jspecify.annotations.Nullable;

/**
 * A batch of vials of one type, filled in one go and never split.
 *
 * @param id unique within a plan
 * @param type the product; what decides how long the changeover before it takes
 * @param vials how many vials, at least 1
 * @param fillTime microseconds of filling that replace vials ÷ rate, or null
 * @param terms when and where it may be filled
 */
public record Lot(String id, String type, long vials, @Nullable Long fillTime, Terms terms) {
  /** A lot that may be filled at any time, on any line. */
  public Lot(String id, String type, long vials, @Nullable Long fillTime) {
    this(id, type, vials, fillTime, Terms.NONE);
  }

  /** A lot whose filling time follows from its line's rate. */
  public Lot(String id, String type, long vials) {
    this(id, type, vials, null);
  }

  /** The same lot under other terms. */
  public Lot with(Terms other) {
    return new Lot(id, type, vials, fillTime, other);
  }

  /** Microseconds of filling on a line. */
  public long fillTimeOn(Line line) {
    return fillTime != null ? fillTime : Micros.ofFilling(vials, line.vialsPerHour());
  }
}
