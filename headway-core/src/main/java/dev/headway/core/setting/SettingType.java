package dev.headway.core.setting;

/** The texts that a setting takes, and the values they stand for. Immutable. */
public interface SettingType<T> {
  /** The texts in words, for example "a whole number from 0 to 65535". */
  String description();

  /**
   * The value of a text.
   *
   * @throws IllegalArgumentException when there is none; the message is for the person who wrote
   *     the text
   */
  T read(String text);

  /** A value as people read it, without secrets. */
  default String show(T value) {
    return String.valueOf(value);
  }

  /** Whether a value that a program made is within the range. */
  default boolean admits(T value) {
    return true;
  }

  /** Whether the empty text has a value of its own. */
  default boolean readsEmpty() {
    return false;
  }

  /** The refusal of a text. */
  default IllegalArgumentException refused(String text) {
    return new IllegalArgumentException("\"%s\" is not %s".formatted(text, description()));
  }
}
