package dev.headway.core.port;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a longer list.
 *
 * @param items the part
 * @param total how many there are in all
 */
public record Page<T>(List<T> items, long total) {
  /** Takes a copy. */
  public Page {
    items = List.copyOf(items);
  }

  /** The same page of other things. */
  public <R> Page<R> map(Function<? super T, ? extends R> change) {
    return new Page<>(items.stream().<R>map(change).toList(), total);
  }
}
