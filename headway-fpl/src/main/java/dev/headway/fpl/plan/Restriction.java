package dev.headway.fpl.plan;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.headway.fpl.rules.Chip;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A demand on a plan: what a manager insists on, or a what-if question. Weeks count from 0. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
public sealed interface Restriction {
  /**
   * Whether the plan without transfers and chips obeys.
   *
   * @param owned ids of the first squad
   */
  default boolean allowsKeeping(Set<Integer> owned) {
    return switch (this) {
      case Transfers(int count) -> count == 0;
      case NoTransfers _ -> true;
      case Other(var bought, var chip) -> !bought.isEmpty() || chip != null;
      case Played _ -> false;
      case NotPlayed _ -> true;
      case Owned(int player, _, _) -> owned.contains(player);
      case NotOwned(int player, _, _) -> !owned.contains(player);
    };
  }

  /**
   * So many transfers in the first week.
   *
   * @param count 0 to 15
   */
  record Transfers(int count) implements Restriction {}

  /**
   * No transfer in a week; a free hit's squad is none.
   *
   * @param week from 0
   */
  record NoTransfers(int week) implements Restriction {}

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

  /**
   * A chip in a week.
   *
   * @param chip which
   * @param week from 0
   */
  record Played(Chip chip, int week) implements Restriction {}

  /**
   * Not this chip in a week.
   *
   * @param chip which
   * @param week from 0
   */
  record NotPlayed(Chip chip, int week) implements Restriction {}

  /**
   * A player in the squad, whether a free hit fields him or not.
   *
   * @param player his id
   * @param first first week
   * @param last last week
   */
  record Owned(int player, int first, int last) implements Restriction {}

  /**
   * A player in neither the squad nor a free hit's.
   *
   * @param player his id
   * @param first first week
   * @param last last week
   */
  record NotOwned(int player, int first, int last) implements Restriction {
    /** Whether it holds in a week. */
    boolean covers(int week) {
      return first <= week && week <= last;
    }
  }
}
