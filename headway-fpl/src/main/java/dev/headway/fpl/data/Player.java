package dev.headway.fpl.data;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.headway.fpl.rules.Position;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A player of {@code bootstrap-static/}, an "element" there. Prices are in tenths of a million.
 * Where the game has no news and no figures of a player, it may say null for an empty text or 0.
 *
 * @param id element id
 * @param webName the short name on the shirt
 * @param firstName given name
 * @param secondName family name
 * @param team team id
 * @param elementType position, 1 to 4
 * @param nowCost present price
 * @param costChangeStart change of the price since the season's start
 * @param status a (available), d (doubtful), i (injured), s (suspended), n (not eligible), u (gone)
 * @param news why, and until when
 * @param chanceOfPlayingNextRound 0 to 100; null when nothing is known against it
 * @param epNext the game's own projection for the next gameweek; null between seasons
 * @param form points per match over the last 30 days
 * @param pointsPerGame points per match played
 * @param minutes played this season
 * @param expectedGoals this season
 * @param expectedAssists this season
 * @param removed whether he has left the game
 * @param teamJoinDate the day on which he joined his club; null where it is not known
 * @param selectedByPercent the share of all teams that have him, 0 to 100; null where it is not
 *     known
 */
public record Player(
    int id,
    String webName,
    String firstName,
    String secondName,
    int team,
    int elementType,
    int nowCost,
    int costChangeStart,
    String status,
    @JsonSetter(nulls = Nulls.AS_EMPTY) String news,
    @Nullable Integer chanceOfPlayingNextRound,
    @Nullable Double epNext,
    @JsonSetter(nulls = Nulls.AS_EMPTY) double form,
    @JsonSetter(nulls = Nulls.AS_EMPTY) double pointsPerGame,
    int minutes,
    @JsonSetter(nulls = Nulls.AS_EMPTY) double expectedGoals,
    @JsonSetter(nulls = Nulls.AS_EMPTY) double expectedAssists,
    boolean removed,
    @Nullable LocalDate teamJoinDate,
    @Nullable Double selectedByPercent) {
  /** His position. */
  public Position position() {
    return Position.ofElementType(elementType);
  }

  /** His price when the season began. */
  public int startCost() {
    return nowCost - costChangeStart;
  }

  /** First and family name. */
  public String fullName() {
    return firstName + " " + secondName;
  }
}
