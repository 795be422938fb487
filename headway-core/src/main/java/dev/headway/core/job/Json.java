package dev.headway.core.job;

/**
 * A JSON value as text that has already been validated. The core passes it on and never parses it.
 *
 * @param text one complete JSON value
 */
public record Json(String text) {
  /** The empty object. */
  public static final Json EMPTY_OBJECT = new Json("{}");

  /** Whether it is the JSON value {@code null}. */
  public boolean isNull() {
    return text.equals("null");
  }

  @Override
  public String toString() {
    return text;
  }
}
