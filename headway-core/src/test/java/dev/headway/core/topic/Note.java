package dev.headway.core.topic;

import org.jspecify.annotations.Nullable;

/**
 * The body of the events of these tests.
 *
 * @param number which one it is
 * @param conflationKey its key; null for a milestone
 */
record Note(long number, @Nullable String conflationKey) implements EventBody {
  static Note milestone(long number) {
    return new Note(number, null);
  }

  @Override
  public String type() {
    return "note";
  }

  @Override
  public boolean ended() {
    return false;
  }
}
