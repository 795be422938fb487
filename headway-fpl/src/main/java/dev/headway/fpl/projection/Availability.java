package dev.headway.fpl.projection;

import dev.headway.fpl.data.Player;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The chance that a player can play.
 *
 * <p>For the next gameweek it is the game's own figure. Afterwards a doubt heals by half from week
 * to week; an injured or suspended player is out until the day that the news names, and without one
 * for as far as the plan looks; who has left stays away.
 *
 * @param status the API's status letter
 * @param chance for the next gameweek, 0 to 1
 * @param back the day from which an absent player is expected back, if the news says
 */
record Availability(String status, double chance, Optional<LocalDate> back) {
  /* "Knee injury - Expected back 21 Sep", "Suspended until 3 Oct" */
  private static final Pattern RETURN =
      Pattern.compile("(?:back|until)\\s+(\\d{1,2})\\s+([A-Za-z]{3})", Pattern.CASE_INSENSITIVE);

  /** The availability of a player by the documents. */
  static Availability of(Player player, Instant now) {
    var percent = player.chanceOfPlayingNextRound();
    double chance = percent != null ? percent / 100.0 : player.status().equals("a") ? 1 : 0;
    return new Availability(player.status(), chance, returnDay(player.news(), now));
  }

  /**
   * The chance for a gameweek.
   *
   * @param weeksAhead gameweeks after the next one
   * @param deadline the gameweek's deadline
   */
  double at(int weeksAhead, Instant deadline) {
    if (status.equals("u")) {
      return 0;
    }
    if (back.isPresent()) {
      return LocalDate.ofInstant(deadline, ZoneOffset.UTC).isBefore(back.get()) ? 0 : 1;
    }
    if (weeksAhead == 0 || chance == 0) {
      return chance;
    }
    return 1 - (1 - chance) * Math.pow(0.5, weeksAhead);
  }

  private static Optional<LocalDate> returnDay(String news, Instant now) {
    var matcher = RETURN.matcher(news);
    if (!matcher.find()) {
      return Optional.empty();
    }
    var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return month(matcher.group(2))
        .flatMap(month -> day(today, month, Integer.parseInt(matcher.group(1))));
  }

  private static Optional<LocalDate> day(LocalDate today, Month month, int dayOfMonth) {
    try {
      var day = LocalDate.of(today.getYear(), month, dayOfMonth);
      // A season spans the new year: a month long past is next year's.
      return Optional.of(day.isBefore(today.minusMonths(3)) ? day.plusYears(1) : day);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Month> month(String name) {
    for (var month : Month.values()) {
      if (month.name().startsWith(name.toUpperCase(Locale.ROOT))) {
        return Optional.of(month);
      }
    }
    return Optional.empty();
  }
}
