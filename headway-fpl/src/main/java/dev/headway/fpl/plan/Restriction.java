package dev.headway.fpl.plan;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A demand on the first week of a plan, for what-if questions. */
public sealed interface Restriction {
  /**
   * So many transfers in the first week.
   *
   * @param count 0 to 15
   */
  record Transfers(int count) implements Restriction {}

  /**
   * Anything but this first week: other players bought, or another chip.
   *
   * @param bought the players bought in it
   * @param chip the chip played in it, by its name, if any
   */
  record Other(Set<Integer> bought, @Nullable String chip) implements Restriction {
    /** Copies the set. */
    public Other {
      bought = Set.copyOf(bought);
    }
  }

  /** A wildcard in the first week. */
  record WildcardNow() implements Restriction {}

  /** No chip in the first week. */
  record NoChipNow() implements Restriction {}
}
