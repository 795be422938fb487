package dev.headway.fpl.projection;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user's correction of a player's availability.
 *
 * @param playerName the short name or the full one; case and accents do not matter
 * @param status a, d, i, s, n or u, or a word: available, doubtful, injured, suspended
 * @param chance of playing the next gameweek, 0 to 100; null for what the status implies
 */
public record InjuryOverride(String playerName, String status, @Nullable Integer chance) {
  private static final Set<String> LETTERS = Set.of("a", "d", "i", "s", "n", "u");

  private static final Map<String, String> WORDS =
      Map.of(
          "available",
          "a",
          "fit",
          "a",
          "doubtful",
          "d",
          "doubt",
          "d",
          "injured",
          "i",
          "out",
          "i",
          "suspended",
          "s",
          "unavailable",
          "n");

  /** The same without space around its texts. */
  public InjuryOverride stripped() {
    return new InjuryOverride(playerName.strip(), status.strip(), chance);
  }

  /** The API's letter for a status; empty when the status is not known. */
  public Optional<String> letter() {
    var word = status.strip().toLowerCase(Locale.ROOT);
    var letter = WORDS.getOrDefault(word, word);
    return LETTERS.contains(letter) ? Optional.of(letter) : Optional.empty();
  }

  /** The message about a status that is not known. */
  public String unknownStatus() {
    return "Status '%s' is not known. Use available, doubtful, injured, suspended or one of the letters a, d, i, s, n, u"
        .formatted(status);
  }
}
