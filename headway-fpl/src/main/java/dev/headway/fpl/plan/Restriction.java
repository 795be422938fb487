package dev.headway.fpl.plan;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.headway.fpl.rules.Chip;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A demand on the first week of a plan, for what-if questions. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
public sealed interface Restriction {
  /**
   * Whether a first week obeys.
   *
   * @param bought ids bought in it
   * @param chip the chip played in it, if any
   */
  default boolean allows(Set<Integer> bought, @Nullable Chip chip) {
    return switch (this) {
      case Transfers(int count) -> bought.size() == count;
      case Other other -> !other.bought().equals(bought) || other.chip() != chip;
      case WildcardNow() -> chip == Chip.WILDCARD;
      case NotNow(Chip other) -> chip != other;
    };
  }

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
   * @param chip the chip played in it, if any
   */
  record Other(Set<Integer> bought, @Nullable Chip chip) implements Restriction {
    /** Copies the set. */
    public Other {
      bought = Set.copyOf(bought);
    }
  }

  /** A wildcard in the first week. */
  record WildcardNow() implements Restriction {}

  /**
   * Not this chip in the first week.
   *
   * @param chip which
   */
  record NotNow(Chip chip) implements Restriction {}
}
