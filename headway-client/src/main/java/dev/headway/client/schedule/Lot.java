package dev.headway.client.schedule;

import org.jspecify.annotations.Nullable;

/**
 * A lot to be filled.
 *
 * @param vials how many, above 0
 * @param fillHours replaces vials ÷ rate when given
 */
public record Lot(String lotId, String lotType, long vials, @Nullable Double fillHours) {
  /** A lot that is filled at the line's rate. */
  public Lot(String lotId, String lotType, long vials) {
    this(lotId, lotType, vials, null);
  }
}
