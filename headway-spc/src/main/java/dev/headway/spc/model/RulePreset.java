package dev.headway.spc.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sets of rules that go by a name. */
public enum RulePreset {
  /** All eight tests; L. S. Nelson, Journal of Quality Technology 16 (1984) 237-239. */
  NELSON,
  /**
   * Beyond 3 sigma, 2 of 3 beyond 2 sigma, 4 of 5 beyond 1 sigma, 8 in a row on one side; Western
   * Electric, Statistical Quality Control Handbook (1956) 25-28.
   */
  WESTERN_ELECTRIC,
  /**
   * All eight, with 7 in a row on one side; AIAG, Statistical Process Control, 2nd ed. (2005), the
   * table of typical special cause criteria in chapter II.
   */
  AIAG,
  /** Beyond 3 sigma alone: Shewhart's own criterion, and the default where zones mean little. */
  SHEWHART;

  /**
   * The first rules of a chart of {@code statistic}: Nelson's for symmetric ones, else Shewhart's.
   */
  public static RulePreset defaultFor(PlottedStatistic statistic) {
    return statistic.symmetric() ? NELSON : SHEWHART;
  }

  /** The settings of the eight rules. */
  public RuleSettings settings() {
    return switch (this) {
      case NELSON -> RuleSettings.standard(rule -> true);
      case WESTERN_ELECTRIC ->
          RuleSettings.standard(RulePreset::inWesternElectric)
              .with(RuleId.ONE_SIDE.standard(true).withRun(8));
      case AIAG -> NELSON.settings().with(RuleId.ONE_SIDE.standard(true).withRun(7));
      case SHEWHART -> RuleSettings.standard(rule -> rule == RuleId.BEYOND_3_SIGMA);
    };
  }

  private static boolean inWesternElectric(RuleId rule) {
    return rule == RuleId.BEYOND_3_SIGMA || rule.countsWithinWindow();
  }

  /** The name on the wire, for example {@code western_electric}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The preset with this name on the wire, or null. */
  public static @Nullable RulePreset ofWireName(String name) {
    for (var preset : values()) {
      if (preset.wireName().equals(name)) {
        return preset;
      }
    }
    return null;
  }
}
