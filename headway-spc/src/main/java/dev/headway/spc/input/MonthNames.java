package dev.headway.spc.input;

import java.text.Normalizer;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of months, whole and short, in the languages in which machines and offices of Europe and
 * America write them (Unicode CLDR, by the JDK). No name stands for two months in them.
 */
public final class MonthNames {
  private static final List<String> LANGUAGES =
      List.of("en", "en-GB", "de", "de-AT", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "nb");

  private static final List<TextStyle> STYLES =
      List.of(
          TextStyle.FULL, TextStyle.FULL_STANDALONE, TextStyle.SHORT, TextStyle.SHORT_STANDALONE);

  private static final Pattern WORD = Pattern.compile("\\p{L}{3,}");
  private static final Pattern ABBREVIATION = Pattern.compile("\\p{L}{3,}\\.?");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Map<String, Month> BY_NAME = byName();

  private final TextStyle style;
  private final Pattern words;

  private MonthNames(TextStyle style, Pattern words) {
    this.style = style;
    this.words = words;
  }

  /** The names in texts of a form; null for a form without names of months, or with weekdays. */
  static @Nullable MonthNames of(String form) {
    if (!form.contains("MMM") || form.contains("E")) {
      return null;
    }
    var style = form.contains("MMMM") ? TextStyle.FULL : TextStyle.SHORT;
    return new MonthNames(style, form.contains("M.") ? WORD : ABBREVIATION);
  }

  /** A text with the names of months as {@link Locale#ROOT} has them; other words stay. */
  String plain(String text) {
    return words
        .matcher(text)
        .replaceAll(found -> {
          var month = BY_NAME.get(key(found.group()));
          return month == null ? found.group() : month.getDisplayName(style, Locale.ROOT);
        });
  }

  private static Map<String, Month> byName() {
    var names = new HashMap<>(Map.of("mrz", Month.MARCH, "maerz", Month.MARCH));
    for (var language : LANGUAGES) {
      for (var style : STYLES) {
        for (var month : Month.values()) {
          names.put(key(month.getDisplayName(style, Locale.forLanguageTag(language))), month);
        }
      }
    }
    return names;
  }

  /* Without case, marks and dots: février is also written FEVRIER. */
  private static String key(String name) {
    var apart = Normalizer.normalize(name, Normalizer.Form.NFD);
    return MARKS.matcher(apart).replaceAll("").replace(".", "").toLowerCase(Locale.ROOT);
  }
}
