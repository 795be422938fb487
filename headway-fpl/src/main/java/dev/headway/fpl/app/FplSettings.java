package dev.headway.fpl.app;

import dev.headway.core.setting.Setting;
import dev.headway.core.setting.SettingType;
import java.time.Duration;

/**
 * How analyses are set up.
 *
 * @param source where seasons come from
 * @param plan how long the search of a plan may take
 */
public record FplSettings(
    @Setting(
            name = "fpl.source",
            preset = "sample",
            type = Source.class,
            text =
                "Where analyses get the Fantasy Premier League's documents: the season that ships with the product, the one that was uploaded last, or the public API.")
        SourceSetting source,
    @Setting(
            name = "fpl.plan-seconds",
            preset = "16",
            min = 1,
            max = 3_600,
            text =
                "How much processor time an analysis may take to search its plan before it takes the best one with its gap; what else it asks takes about half as long at most.")
        Duration plan) {

  /** The texts that name a source. */
  static final class Source implements SettingType<SourceSetting> {
    @Override
    public String description() {
      return SourceSetting.VALUES;
    }

    @Override
    public SourceSetting read(String text) {
      return SourceSetting.parse(text);
    }

    @Override
    public String show(SourceSetting source) {
      return source.text();
    }
  }
}
