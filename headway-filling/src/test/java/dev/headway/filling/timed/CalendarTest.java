package dev.headway.filling.timed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.filling.model.Activity;
import dev.headway.filling.model.Block;
import dev.headway.filling.model.Calendar;
import dev.headway.filling.model.Calendar.Shift;
import dev.headway.filling.model.Calendar.Shutdown;
import dev.headway.filling.model.Line;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.RunOptions;
import dev.headway.filling.model.Schedule;
import dev.headway.filling.model.Settings;
import dev.headway.filling.model.Span;
import dev.headway.filling.model.Terms;
import dev.headway.filling.model.WorkingTime;
import dev.headway.filling.verify.Verifier;
import dev.headway.filling.verify.Violation;
import dev.headway.filling.verify.Violation.Rule;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalendarTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant MONDAY = Instant.parse("2026-11-23T00:00:00Z");

  private static Calendar nightly(ZoneId zone) {
    var nights = new Shift(EnumSet.allOf(DayOfWeek.class), LocalTime.of(22, 0), LocalTime.of(6, 0));
    return new Calendar(zone, List.of(nights), List.of());
  }

  private static List<Long> hours(Calendar calendar, String start, int days) {
    var range = new Span(0, Micros.ofHours(24L * days));
    return WorkingTime.of(calendar, Instant.parse(start)).within(range).stream()
        .map(span -> span.duration() / Micros.PER_HOUR)
        .toList();
  }

  @Test
  void within_nightWhenClocksGoForward_isAnHourShorter() {
    assertThat(hours(nightly(BERLIN), "2026-03-27T12:00:00Z", 3)).containsExactly(8L, 7L, 8L);
  }

  @Test
  void within_nightWhenClocksGoBack_isAnHourLonger() {
    assertThat(hours(nightly(BERLIN), "2026-10-23T12:00:00Z", 3)).containsExactly(8L, 9L, 8L);
  }

  @Test
  void within_threeShiftsThatMeet_isOneStretch() {
    var days = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    var shifts =
        IntStream.of(6, 14, 22)
            .mapToObj(
                hour -> new Shift(days, LocalTime.of(hour, 0), LocalTime.of((hour + 8) % 24, 0)))
            .toList();
    assertThat(hours(new Calendar(BERLIN, shifts, List.of()), "2026-11-22T23:00:00Z", 7))
        .containsExactly(120L);
  }

  @Test
  void within_shutdown_isCutOut() {
    var closed = new Shutdown(MONDAY.plus(Duration.ofHours(5)), MONDAY.plus(Duration.ofHours(9)));
    var calendar = new Calendar(Settings.UTC, List.of(), List.of(closed));
    assertThat(hours(calendar, MONDAY.toString(), 1)).containsExactly(5L, 15L);
  }

  /** One line that works from 6 to 22 o'clock, clean 4 h, changeovers 4 and 8 h. */
  private static Problem problem(long window, Lot... lots) {
    var daily = new Shift(EnumSet.allOf(DayOfWeek.class), LocalTime.of(6, 0), LocalTime.of(22, 0));
    var calendar = new Calendar(Settings.UTC, List.of(daily), List.of());
    var line = new Line("Line 1", Micros.ofHours(window), BigDecimal.valueOf(1_000), calendar);
    var run = new RunOptions(MONDAY, Duration.ofSeconds(1), 1);
    return new Problem(
        List.of(lots),
        new Settings(
            Micros.ofHours(4), Settings.DEFAULT_CHANGEOVERS, List.of(line), Settings.UTC, run));
  }

  private static Lot lot(String id, int hours, Terms terms) {
    return new Lot(id, "A", 1_000L * hours, null, terms);
  }

  private static Schedule scheduled(Problem problem, Block... blocks) {
    return Schedule.of(problem, new Plan(List.of(List.of(blocks))), MONDAY);
  }

  private static List<String> fills(Schedule schedule) {
    return schedule.activities().stream()
        .filter(Activity.Fill.class::isInstance)
        .map(fill -> schedule.at(fill.span().start()).toString().substring(8, 16))
        .toList();
  }

  @Test
  void of_lotThatDoesNotEndByClosing_waitsForTheNextDay() {
    var problem = problem(60, lot("a", 10, Terms.NONE), lot("b", 10, Terms.NONE));
    var schedule = scheduled(problem, new Block(List.of(0, 1)));
    // Clean 6 to 10, a 10 to 20, then the changeover of 4 h has no room before 22.
    assertThat(fills(schedule)).containsExactly("23T10:00", "24T10:00");
    assertThat(Verifier.verify(problem.lots(), problem.settings(), schedule)).isEmpty();
  }

  @Test
  void of_windowTooShortForTheNight_putsTheCleanOff() {
    var terms = new Terms(MONDAY.plus(Duration.ofHours(14)), null, 1, List.of(), Terms.Lock.NONE);
    var problem = problem(9, lot("a", 9, terms));
    var schedule = scheduled(problem, new Block(List.of(0)));
    // Released at 14, too late for 9 h by 22: filled the next day, cleaned right before.
    assertThat(fills(schedule)).containsExactly("24T10:00");
    assertThat(schedule.at(schedule.activities().getFirst().span().start()))
        .isEqualTo("2026-11-24T06:00:00Z");
  }

  @Test
  void verify_eachTermBroken_isNamed() {
    var release = new Terms(MONDAY.plus(Duration.ofHours(20)), null, 1, List.of("Line 2"), lock());
    var problem = problem(60, lot("b", 2, Terms.NONE), lot("a", 2, Terms.NONE));
    var schedule = scheduled(problem, new Block(List.of(1, 0)));
    var changed = new ArrayList<Activity>();
    for (var activity : schedule.activities()) {
      changed.add(
          activity instanceof Activity.Fill fill && fill.lot().id().equals("a")
              ? new Activity.Fill(0, fill.span(), fill.lot().with(release))
              : activity);
    }
    var lots = List.of(problem.lot(0), problem.lot(1).with(release));
    var early = new Schedule(MONDAY.minus(Duration.ofHours(6)), schedule.lines(), changed);
    assertThat(Verifier.verify(lots, problem.settings(), early))
        .extracting(Violation::rule)
        .contains(Rule.RELEASE, Rule.ALLOWED_LINES, Rule.CALENDAR, Rule.LOCK)
        .doesNotContain(Rule.WINDOW, Rule.LOTS);
  }

  private static Terms.Lock lock() {
    return new Terms.Lock(MONDAY.plus(Duration.ofHours(30)), "b");
  }
}
