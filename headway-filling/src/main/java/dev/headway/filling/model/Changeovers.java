package dev.headway.filling.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Microseconds between two lots filled one after the other without a clean. */
public sealed interface Changeovers {
  /**
   * The changeover from a lot of one type to a lot of another, or of the same.
   *
   * @return microseconds, or null when a matrix does not name the pair
   */
  @Nullable Long between(String from, String to);

  /**
   * One time within a type, another between types.
   *
   * @param same microseconds when the type stays
   * @param different microseconds when it changes
   */
  record ByKind(long same, long different) implements Changeovers {
    @Override
    public Long between(String from, String to) {
      return from.equals(to) ? same : different;
    }
  }

  /**
   * A time for each pair of types, in each direction.
   *
   * @param times from type, to type, microseconds
   */
  record Matrix(Map<String, Map<String, Long>> times) implements Changeovers {
    @Override
    public @Nullable Long between(String from, String to) {
      return times.getOrDefault(from, Map.of()).get(to);
    }
  }
}
