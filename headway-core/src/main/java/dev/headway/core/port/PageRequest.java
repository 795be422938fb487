package dev.headway.core.port;

import dev.headway.core.error.HeadwayException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request for one page of a list: by its number, or after the page before. Pages that are read
 * the second way neither repeat nor pass over an entry while others come.
 *
 * @param page from 1; without meaning when {@code after} is there
 * @param size entries a page, 1 to 1,000
 * @param after the {@link Page#next} of the page before; null for a page by its number
 */
public record PageRequest(int page, int size, @Nullable String after) {
  /** Rejects pages that do not exist. */
  public PageRequest {
    if (page < 1 || size < 1 || size > 1_000) {
      throw new IllegalArgumentException(
          "The page (%d) must be from 1, its size (%d) from 1 to 1000".formatted(page, size));
    }
  }

  /** A page by its number. */
  public PageRequest(int page, int size) {
    this(page, size, null);
  }

  /** The number of entries to pass over: those before a page by its number. */
  public long offset() {
    return after == null ? (page - 1L) * size : 0;
  }

  /**
   * The place after which the page begins; null for a page by its number.
   *
   * @param reader reads a place, and throws an IllegalArgumentException where there is none
   * @throws HeadwayException VALIDATION_ERROR when no list gave the place out
   */
  public <K> @Nullable K after(Function<String, ? extends K> reader) {
    try {
      return after == null ? null : reader.apply(after);
    } catch (IllegalArgumentException _) {
      throw HeadwayException.invalid(
          "after", "after must be the \"next\" of the page before, as it was given");
    }
  }
}
