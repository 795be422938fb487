package dev.headway.app.config;

import java.util.function.Function;

/**
 * What values a setting takes. Immutable.
 *
 * @param description the values in words, for example "a whole number from 0 to 65535"
 * @param reader makes a value of a text; throws an {@link IllegalArgumentException} whose message
 *     is for the person who wrote the text
 * @param shower shows a value without secrets
 */
record Kind<T>(String description, Function<String, T> reader, Function<T, String> shower) {
  /** A kind whose values show themselves. */
  static <T> Kind<T> of(String description, Function<String, T> reader) {
    return new Kind<>(description, reader, String::valueOf);
  }

  /** The refusal of a text. */
  static IllegalArgumentException refused(String text, String description) {
    return new IllegalArgumentException("\"%s\" is not %s".formatted(text, description));
  }
}
