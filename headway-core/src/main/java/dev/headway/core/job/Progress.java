package dev.headway.core.job;

import org.jspecify.annotations.Nullable;

/**
 * How far an attempt has come.
 *
 * @param percent 0 to 100; null when the work cannot say
 * @param step the plan's step it is in; null before the first
 * @param message what is being done, for a person
 * @param done how many of {@code total} are done within the step
 * @param total how many there are within the step
 * @param eta the time left; null when unknown
 * @param metadata whatever the work adds, a JSON object
 */
public record Progress(
    @Nullable Double percent,
    @Nullable String step,
    String message,
    @Nullable Long done,
    @Nullable Long total,
    @Nullable Eta eta,
    @Nullable Json metadata) {

  /** The longest message that is kept, in characters. */
  public static final int MAX_MESSAGE = 2_000;

  /** Cuts a message at {@value #MAX_MESSAGE} characters with an ellipsis. */
  public static String cut(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
  }

  /** Nothing done yet: percent 0 in the given first step. */
  public static Progress waiting(@Nullable String firstStep) {
    return new Progress(0.0, firstStep, "Waiting to start", null, null, null, null);
  }

  /** The same progress with another message. */
  public Progress withMessage(String text) {
    return new Progress(percent, step, cut(text), done, total, eta, metadata);
  }

  /** The same progress with another estimate. */
  public Progress withEta(@Nullable Eta estimate) {
    return new Progress(percent, step, message, done, total, estimate, metadata);
  }

  /** The same progress at another percentage. */
  public Progress withPercent(@Nullable Double value) {
    return new Progress(value, step, message, done, total, eta, metadata);
  }
}
