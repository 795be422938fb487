package dev.headway.core.port;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a longer list.
 *
 * @param items the part
 * @param total how many there are in all
 * @param next what the request for the page after this one names as {@code after}: opaque to
 *     clients; null at the end of the list
 */
public record Page<T>(List<T> items, long total, @Nullable String next) {
  /** Takes a copy. */
  public Page {
    items = List.copyOf(items);
  }

  /** The end of a list, or all of it. */
  public Page(List<T> items, long total) {
    this(items, total, null);
  }

  /**
   * The page that was asked for. A full one may have another after it.
   *
   * @param place the place of an entry in the list, as a text that {@link PageRequest#after} reads
   */
  public static <T> Page<T> of(
      PageRequest asked, List<T> items, long total, Function<? super T, ?> place) {
    var next = items.size() < asked.size() ? null : place.apply(items.getLast()).toString();
    return new Page<>(items, total, next);
  }

  /** The same page of other things. */
  public <R> Page<R> map(Function<? super T, ? extends R> change) {
    return new Page<>(items.stream().<R>map(change).toList(), total, next);
  }
}
