package dev.headway.filling.strategy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The planning strategies that can be asked for. */
public enum Strategy {
  SMART_PACK(
      "Scores every lot that fits by changeover, type switches so far, wasted window and streak of"
          + " one type; looks one lot ahead from the best three.",
      "smart"),
  SPT_PACK(
      "Shortest fill first within the most frequent type; keeps the type while it fits.", "spt"),
  LPT_PACK("Longest fill first; keeps the type while it fits.", "lpt"),
  CFS_PACK("Clusters the lots by type, then sequences each cluster.", "cfs"),
  HYBRID_PACK("The smart score with a bonus for the same type and for short lots.", "hybrid"),
  MILP_OPT(
      "The proven optimum; for large sets the best schedule found within the time limit and the"
          + " proven lower bound.",
      "milp",
      "optimal"),
  BEST(
      "Every heuristic, then local search and the exact solver side by side, until the time limit or"
          + " the lower bound is met."),
  GIVEN("The lots in their given order, as a reference for comparisons.", "csv-order");

  /** What is used when nothing is asked for. */
  public static final Strategy DEFAULT = SMART_PACK;

  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
  private final List<String> aliases;

  Strategy(String description, String... aliases) {
    this.description = description;
    this.aliases = List.of(aliases);
  }

  /** The name in requests and answers, such as {@code smart-pack}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Other names that are understood. */
  public List<String> aliases() {
    return aliases;
  }

  /** One sentence for people. */
  public String description() {
    return description;
  }

  /**
   * The strategy of a name or alias; case does not matter, {@code -} and {@code _} are the same.
   */
  public static Optional<Strategy> named(String text) {
    var name = text.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    return Arrays.stream(values())
        .filter(strategy -> strategy.label().equals(name) || strategy.aliases.contains(name))
        .findFirst();
  }

  /** The refusal of a strategy that does not exist. */
  public static String unknown(String text) {
    var known = Arrays.stream(values()).map(Strategy::label).collect(Collectors.joining(", "));
    var shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
    return "The strategy '%s' is unknown; known are: %s.".formatted(shown, known);
  }
}
