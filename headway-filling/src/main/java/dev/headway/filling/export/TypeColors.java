package dev.headway.filling.export;

import dev.headway.filling.model.Activity;
import dev.headway.filling.model.Schedule;
import java.awt.Color;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** A colour and a texture for each type of lot, and colours for what is not filling. */
final class TypeColors {
  static final Color CLEAN = new Color(0x7B8794);
  static final Color CHANGEOVER = new Color(0xC3CAD2);

  /** The colours of the pages, dark enough for white writing. */
  private static final int[] PALETTE = {
    0x2E6C94, 0x96590F, 0x3D784B, 0x984A69, 0x6656A3, 0x237871, 0xA14F36, 0x6B681C, 0x53667A,
    0x7D5536, 0x3F55B5, 0x8A3D8F
  };

  private static final Pattern PARTS = Pattern.compile("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");

  /** As people order names: parts that are numbers by their value. */
  private static final Comparator<String> NATURAL = TypeColors::compare;

  /** The lines over a colour, by which types can be told apart without it. */
  enum Texture {
    PLAIN,
    RISING,
    FALLING,
    UPRIGHT,
    LEVEL
  }

  /** The look of a type. */
  record Look(Color color, Texture texture) {}

  private static final Look UNKNOWN = new Look(CLEAN, Texture.PLAIN);

  private final SequencedMap<String, Look> looks = new LinkedHashMap<>();

  /**
   * The types of a schedule in the order of their names, so that a type looks alike in all
   * schedules of the same types, on pages and in files. Looks repeat after sixty.
   */
  TypeColors(Schedule schedule) {
    schedule.activities().stream()
        .filter(Activity.Fill.class::isInstance)
        .map(fill -> ((Activity.Fill) fill).lot().type())
        .distinct()
        .sorted(NATURAL)
        .forEach(type -> looks.put(type, look(looks.size())));
  }

  private static Look look(int index) {
    var textures = Texture.values();
    return new Look(new Color(PALETTE[index % PALETTE.length]), textures[index % textures.length]);
  }

  private static int compare(String one, String other) {
    var mine = PARTS.split(one, -1);
    var others = PARTS.split(other, -1);
    for (var at = 0; at < Math.min(mine.length, others.length); at++) {
      var order = compareParts(mine[at], others[at]);
      if (order != 0) {
        return order;
      }
    }
    var order = Integer.compare(mine.length, others.length);
    return order == 0 ? one.compareTo(other) : order;
  }

  private static int compareParts(String one, String other) {
    if (isNumber(one) && isNumber(other)) {
      return new BigInteger(one).compareTo(new BigInteger(other));
    }
    return one.compareToIgnoreCase(other);
  }

  private static boolean isNumber(String part) {
    return !part.isEmpty() && part.chars().allMatch(letter -> letter >= '0' && letter <= '9');
  }

  Look of(String type) {
    return looks.getOrDefault(type, UNKNOWN);
  }

  SequencedMap<String, Look> all() {
    return looks;
  }
}
