package dev.headway.filling.input;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong, or odd, in what was sent.
 *
 * @param row the line of a CSV file (its header is 1) or the position in a list of lots (from 1);
 *     null for settings and for what concerns the whole
 * @param field the column or setting, or null for what concerns the whole row
 * @param message what is wrong, with the value and the remedy, for the person who sent it
 */
public record Defect(@Nullable Integer row, @Nullable String field, String message) {
  /** A defect of the whole file or request. */
  public static Defect general(String message) {
    return new Defect(null, null, message);
  }

  /** A defect of a setting. */
  public static Defect setting(String key, String message) {
    return new Defect(null, key, message);
  }

  /** The message with its place in front, as a line of a terminal shows it. */
  public String inPlace() {
    var place = row == null ? "" : "row " + row;
    if (field != null) {
      place += (place.isEmpty() ? "" : ", ") + field;
    }
    return place.isEmpty() ? message : place + ": " + message;
  }
}
