package dev.headway.filling;

import dev.headway.filling.model.Calendar;
import dev.headway.filling.model.Calendar.Shift;
import dev.headway.filling.model.Calendar.Shutdown;
import dev.headway.filling.model.Changeovers;
import dev.headway.filling.model.Line;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.RunOptions;
import dev.headway.filling.model.Schedule;
import dev.headway.filling.model.Settings;
import dev.headway.filling.model.Terms;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Problems with dates, locks and calendars, each from its seed; all times are whole hours. */
public final class TimedProblems {
  /** A Monday. */
  public static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

  private static final int TYPES = 3;

  private final Random random;
  private final Duration limit;

  private TimedProblems(long seed, Duration limit) {
    random = new Random(seed);
    this.limit = limit;
  }

  /** One to {@code maxLots} lots on one or two lines, such that each lot alone has a time. */
  public static Problem any(long seed, int maxLots, Duration limit) {
    var made = new TimedProblems(seed, limit);
    while (true) {
      var problem = made.problem(maxLots);
      if (problem.timed() && feasible(problem)) {
        return problem;
      }
    }
  }

  private static boolean feasible(Problem problem) {
    return IntStream.range(0, problem.lotCount())
        .allMatch(lot ->
            IntStream.range(0, problem.lineCount())
                .anyMatch(line -> problem.timing().block(line, new int[] {lot}, 0) != null));
  }

  private Problem problem(int maxLots) {
    var lines = new ArrayList<Line>();
    for (var i = random.nextInt(1, 3); i > 0; i--) {
      var window = Micros.ofHours(random.nextInt(20, 40));
      var rate = BigDecimal.valueOf(random.nextBoolean() ? 1_000 : 500);
      lines.add(new Line("Line " + i, window, rate, calendar()));
    }
    var changeovers =
        new Changeovers.ByKind(
            Micros.ofHours(random.nextInt(0, 3)), Micros.ofHours(random.nextInt(1, 6)));
    var settings =
        new Settings(
            Micros.ofHours(random.nextInt(1, 8)),
            changeovers,
            lines,
            new RunOptions(START, limit, 1));
    var lots = new ArrayList<Lot>();
    for (var i = random.nextInt(2, maxLots + 1); i > 0; i--) {
      lots.add(lot("L" + i, lines, lots));
    }
    return new Problem(lots, settings);
  }

  private Lot lot(String id, List<Line> lines, List<Lot> before) {
    var type = String.valueOf((char) ('A' + random.nextInt(TYPES)));
    var release = random.nextInt(3) == 0 ? hour(random.nextInt(1, 60)) : null;
    var due = random.nextBoolean() ? hour(random.nextInt(61, 120)) : null;
    var allowed =
        random.nextInt(4) == 0
            ? List.of(lines.get(random.nextInt(lines.size())).name())
            : List.<String>of();
    var sameLines =
        before.stream().filter(lot -> lot.terms().lines().equals(allowed)).findFirst().orElse(null);
    var after = sameLines != null && random.nextInt(4) == 0 ? sameLines.id() : null;
    var lock = new Terms.Lock(null, after, random.nextInt(6) == 0 ? random.nextBoolean() : null);
    var terms = new Terms(release, due, random.nextInt(0, 4), allowed, lock, was(lines, before));
    return new Lot(id, type, 1_000L * random.nextInt(1, 11), null, terms);
  }

  private Terms.@Nullable EarlierPlace was(List<Line> lines, List<Lot> before) {
    if (random.nextInt(3) > 0) {
      return null;
    }
    var line = lines.get(random.nextInt(lines.size())).name();
    var after = before.isEmpty() ? null : before.get(random.nextInt(before.size())).id();
    return new Terms.EarlierPlace(line, after, Micros.ofHours(random.nextInt(1, 9)));
  }

  private static Instant hour(int hour) {
    return START.plus(hour, ChronoUnit.HOURS);
  }

  private Calendar calendar() {
    var shutdowns = new ArrayList<Shutdown>();
    if (random.nextInt(3) == 0) {
      var from = random.nextInt(0, 50);
      shutdowns.add(new Shutdown(hour(from), hour(from + random.nextInt(1, 30))));
    }
    return new Calendar(Settings.UTC, shifts(), shutdowns);
  }

  private List<Shift> shifts() {
    return switch (random.nextInt(4)) {
      case 0 -> List.of(shift(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), 0, 0));
      case 1 -> List.of(shift(EnumSet.allOf(DayOfWeek.class), 6, 2));
      default -> List.of();
    };
  }

  private static Shift shift(Set<DayOfWeek> days, int from, int to) {
    return new Shift(days, LocalTime.of(from, 0), LocalTime.of(to, 0));
  }

  /** The same problem with its first lot fixed where and when a plan has it. */
  public static Problem lockedAsIn(Problem problem, Plan plan) {
    var schedule = Schedule.of(problem, plan, START);
    var first = problem.lot(0);
    var fill =
        schedule.fills().stream().filter(one -> one.lot().equals(first)).findFirst().orElseThrow();
    var terms = first.terms();
    var lock =
        new Terms.Lock(
            schedule.at(fill.span().start()), terms.lock().after(), terms.lock().clean());
    var line = List.of(schedule.lines().get(fill.line()));
    var lots = new ArrayList<>(problem.lots());
    lots.set(
        0,
        first.with(
            new Terms(terms.release(), terms.due(), terms.priority(), line, lock, terms.was())));
    return new Problem(lots, problem.settings());
  }
}
