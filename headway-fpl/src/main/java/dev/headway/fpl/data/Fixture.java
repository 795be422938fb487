package dev.headway.fpl.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A match of {@code fixtures/}.
 *
 * @param id match id
 * @param event gameweek; null while it has no date
 * @param kickoffTime when it begins; null while it has no date
 * @param teamH home club
 * @param teamA away club
 * @param teamHDifficulty how hard it is for the home club, 1 to 5
 * @param teamADifficulty how hard it is for the away club, 1 to 5
 * @param finishedProvisional whether it has been played
 */
public record Fixture(
    int id,
    @Nullable Integer event,
    @Nullable Instant kickoffTime,
    int teamH,
    int teamA,
    @JsonProperty("team_h_difficulty") int teamHDifficulty,
    @JsonProperty("team_a_difficulty") int teamADifficulty,
    boolean finishedProvisional) {
  /** Whether a club plays in it. */
  public boolean involves(int club) {
    return teamH == club || teamA == club;
  }

  /** How hard it is for a club that plays in it, 1 to 5; being at home is in it already. */
  public int difficultyFor(int club) {
    return teamH == club ? teamHDifficulty : teamADifficulty;
  }
}
