package dev.headway.fpl.rules;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A chip: a special play that each manager has once per half season. */
public enum Chip {
  /** Any number of free transfers in one gameweek. */
  WILDCARD("wildcard", "Wildcard"),
  /** A squad for one gameweek only; the old one comes back afterwards. */
  FREE_HIT("freehit", "Free Hit"),
  /** The points of the four substitutes count. */
  BENCH_BOOST("bboost", "Bench Boost"),
  /** The captain's points count three times. */
  TRIPLE_CAPTAIN("3xc", "Triple Captain");

  private final String apiName;
  private final String label;

  Chip(String apiName, String label) {
    this.apiName = apiName;
    this.label = label;
  }

  /** The chip of a name: the API's, or the long one in any case ({@code free_hit}, Free Hit). */
  public static Optional<Chip> named(String name) {
    var plain = name.toLowerCase(Locale.ROOT).replace(" ", "").replace("_", "").replace("-", "");
    return Arrays.stream(values())
        .filter(chip -> chip.apiName.equals(plain) || chip.key().replace("_", "").equals(plain))
        .findFirst();
  }

  /** The name in the public API. */
  public String apiName() {
    return apiName;
  }

  /** The name in requests and results: {@code free_hit}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name for a person. */
  public String label() {
    return label;
  }

  /** Whether the chip replaces the transfers of its gameweek and so keeps the saved ones. */
  public boolean keepsSavedTransfers() {
    return switch (this) {
      case WILDCARD, FREE_HIT -> true;
      case BENCH_BOOST, TRIPLE_CAPTAIN -> false;
    };
  }
}
