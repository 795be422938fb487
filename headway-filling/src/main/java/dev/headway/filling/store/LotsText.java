package dev.headway.filling.store;

/**
 * Lots as they were sent.
 *
 * @param format how to read the text
 * @param text a CSV file, or a JSON list of objects
 */
public record LotsText(Format format, String text) {
  /** How lots can be written. */
  public enum Format {
    CSV,
    JSON
  }
}
