package dev.headway.fpl.constraint;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The demands of a manager, as requests say them; null for none. Gameweeks are the season's, 1 to
 * 38.
 *
 * @param locks players that stay in the squad, or come into it
 * @param bans players that are not in it
 * @param moves transfers that are made whatever the plan thinks of them
 * @param chips chips that are played, or not
 * @param noTransfers gameweeks without a transfer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Constraints(
    @Nullable List<PlayerRule> locks,
    @Nullable List<PlayerRule> bans,
    @Nullable List<Move> moves,
    @Nullable List<ChipDemand> chips,
    @Nullable List<Integer> noTransfers) {
  /**
   * A rule about a player.
   *
   * @param playerId his id
   * @param gameweeks when it holds; null for the whole plan
   */
  public record PlayerRule(int playerId, @Nullable List<Integer> gameweeks) {
    /** Copies the list. */
    public PlayerRule {
      gameweeks = gameweeks == null ? null : List.copyOf(gameweeks);
    }
  }

  /**
   * A booked transfer.
   *
   * @param gameweek before whose deadline it is made
   * @param playerOutId who is sold
   * @param playerInId who is bought
   */
  public record Move(int gameweek, int playerOutId, int playerInId) {}

  /**
   * A rule about a chip.
   *
   * @param chip its name, as in {@code available_chips}
   * @param gameweek when
   * @param play whether it is played or not; null for played
   */
  public record ChipDemand(String chip, int gameweek, @Nullable Boolean play) {
    /** Whether it is played. */
    @JsonIgnore
    public boolean demanded() {
      return Objects.requireNonNullElse(play, true);
    }
  }
}
