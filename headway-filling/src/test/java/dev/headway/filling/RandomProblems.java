package dev.headway.filling;

import dev.headway.filling.model.Changeovers;
import dev.headway.filling.model.Line;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.RunOptions;
import dev.headway.filling.model.Settings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntBiFunction;

/** Problems of all sizes and settings, each from its seed. */
public final class RandomProblems {
  private RandomProblems() {}

  /** 1 to {@code maxLots} lots of 1 to 6 types on 1 to 4 lines, with settings of any kind. */
  public static Problem any(long seed, int maxLots) {
    var random = new Random(seed);
    var settings = settings(random);
    var widest = settings.lines().stream().mapToLong(Line::window).max().orElseThrow();
    var types = random.nextInt(1, 7);
    List<Lot> lots = new ArrayList<>();
    for (var i = random.nextInt(1, maxLots + 1); i > 0; i--) {
      lots.add(lot(random, "L%02d".formatted(i), types, widest));
    }
    return new Problem(
        lots.stream().filter(lot -> fits(lot, settings)).toList().isEmpty()
            ? List.of(new Lot("tiny", "A", 1))
            : lots.stream().filter(lot -> fits(lot, settings)).toList(),
        settings);
  }

  private static boolean fits(Lot lot, Settings settings) {
    return settings.lines().stream().anyMatch(line -> lot.fillTimeOn(line) <= line.window());
  }

  private static Lot lot(Random random, String id, int types, long widest) {
    var type = String.valueOf((char) ('A' + random.nextInt(types)));
    return switch (random.nextInt(10)) {
      case 0 -> new Lot(id, type, 1, random.nextLong(1, widest + 1));
      case 1 -> new Lot(id, type, 1, widest);
      default -> new Lot(id, type, 10_000L * random.nextInt(1, 100));
    };
  }

  private static Settings settings(Random random) {
    List<Line> lines = new ArrayList<>();
    var alike = random.nextBoolean();
    var rate = BigDecimal.valueOf(random.nextInt(5_000, 40_000));
    var window = Micros.ofHours(random.nextInt(20, 200));
    for (var i = random.nextInt(1, 5); i > 0; i--) {
      lines.add(
          alike
              ? new Line("Line " + i, window, rate)
              : new Line(
                  "Line " + i,
                  Micros.ofHours(random.nextInt(20, 200)),
                  BigDecimal.valueOf(random.nextInt(5_000, 40_000))));
    }
    return new Settings(
        Micros.ofHours(random.nextInt(0, 48)), changeovers(random), lines, RunOptions.DEFAULT);
  }

  private static Changeovers changeovers(Random random) {
    if (random.nextBoolean()) {
      return new Changeovers.ByKind(
          Micros.ofHours(random.nextInt(0, 8)), Micros.ofHours(random.nextInt(0, 20)));
    }
    return matrix("ABCDEF", "", (_, _) -> random.nextInt(0, 24));
  }

  /** For the types of {@link #large} sets: 2 to 4 hours within one, 5 to 16 between two. */
  public static Changeovers matrixOfLarge(long seed) {
    var random = new Random(seed);
    return matrix(
        "ABCD",
        "Vial",
        (from, to) -> from.equals(to) ? random.nextInt(2, 5) : random.nextInt(5, 17));
  }

  private static Changeovers matrix(
      String letters, String prefix, ToIntBiFunction<String, String> hours) {
    Map<String, Map<String, Long>> times = new HashMap<>();
    var types = letters.chars().mapToObj(Character::toString).toList();
    for (var from : types) {
      Map<String, Long> row = new HashMap<>();
      for (var to : types) {
        row.put(prefix + to, Micros.ofHours(hours.applyAsInt(from, to)));
      }
      times.put(prefix + from, row);
    }
    return new Changeovers.Matrix(times);
  }

  /** Lots like the sample files': four types, 10,000 to 990,000 vials, default rules. */
  public static Problem large(long seed, int lots, int lines) {
    var random = new Random(seed);
    List<Lot> all = new ArrayList<>();
    for (var i = 0; i < lots; i++) {
      var type = "Vial" + (char) ('A' + random.nextInt(4));
      all.add(new Lot("G%05d".formatted(i), type, 10_000L * random.nextInt(1, 100)));
    }
    return new Problem(all, Settings.withLines(lines));
  }
}
