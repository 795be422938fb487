package dev.headway.core.job;

/**
 * A JSON value as text that somebody has already checked. The core passes it on and never looks
 * inside.
 *
 * @param text one complete JSON value
 */
public record Json(String text) {
  /** The empty object. */
  public static final Json EMPTY_OBJECT = new Json("{}");

  @Override
  public String toString() {
    return text;
  }
}
