package dev.headway.filling.export;

import dev.headway.filling.model.Activity;
import dev.headway.filling.model.Schedule;
import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** A colour for each type of lot, and for what is not filling. */
final class TypeColors {
  static final Color CLEAN = new Color(0x7B8794);
  static final Color CHANGEOVER = new Color(0xC3CAD2);

  private static final int[] PALETTE = {
    0x2B6CB0, 0xDD6B20, 0x2F855A, 0x805AD5, 0xC53030, 0x2C7A7B, 0xB7791F, 0xB83280, 0x4A5568,
    0x68A021
  };

  private final SequencedMap<String, Color> colors = new LinkedHashMap<>();

  /** Types in the order in which they are first filled; colours repeat after ten. */
  TypeColors(Schedule schedule) {
    for (var activity : schedule.activities()) {
      if (activity instanceof Activity.Fill fill) {
        colors.putIfAbsent(fill.lot().type(), new Color(PALETTE[colors.size() % PALETTE.length]));
      }
    }
  }

  Color of(String type) {
    return colors.getOrDefault(type, CLEAN);
  }

  SequencedMap<String, Color> all() {
    return colors;
  }
}
