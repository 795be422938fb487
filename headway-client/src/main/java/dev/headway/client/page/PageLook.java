package dev.headway.client.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The look of a page for people without an account. Immutable.
 *
 * @param title the heading; null for the job's name, or the tag
 * @param accent the bar's colour, for example {@code #0b5f8a}; null for the usual one
 * @param language of the words (BCP 47); null for English
 * @param words what is said in other words, for example {@code completed}: "Ready to collect"; the
 *     server's {@code /docs} lists their names
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PageLook(
    @Nullable String title,
    @Nullable String accent,
    @Nullable String language,
    Map<String, String> words) {
  /** The usual look. */
  public static final PageLook USUAL = new PageLook(null, null, null, Map.of());

  /** Takes a copy of the words. */
  public PageLook {
    words = Map.copyOf(words);
  }

  /** The same with a heading. */
  public PageLook withTitle(@Nullable String heading) {
    return new PageLook(heading, accent, language, words);
  }

  /** The same with another colour. */
  public PageLook withAccent(@Nullable String colour) {
    return new PageLook(title, colour, language, words);
  }

  /** The same in other words. */
  public PageLook withWords(@Nullable String languageTag, Map<String, String> others) {
    return new PageLook(title, accent, languageTag, others);
  }
}
