package dev.headway.core.error;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with an input, and where.
 *
 * @param field the JSON path or parameter name, for example {@code config.clean_hours}
 * @param row the 1-based row of a table, counting its header as row 1
 * @param column the column's name
 * @param message what is wrong and how to mend it, for a person
 */
public record Defect(
    @Nullable String field, @Nullable Integer row, @Nullable String column, String message) {

  /** A defect of a named field. */
  public static Defect ofField(String field, String message) {
    return new Defect(field, null, null, message);
  }

  /**
   * A defect of a field that does not exist, with the nearest that does.
   *
   * @param field its path
   * @param known the names that its object may have
   */
  public static Defect ofUnknown(String field, Collection<String> known) {
    var hint =
        NearestName.of(field.substring(field.lastIndexOf('.') + 1), known)
            .map(nearest -> "Did you mean '%s'?".formatted(nearest))
            .orElseGet(() -> "Known fields: %s.".formatted(String.join(", ", known)));
    return ofField(field, "Unknown field '%s'. %s".formatted(field, hint));
  }

  /** A defect of a table's cell. */
  public static Defect ofCell(int row, String column, String message) {
    return new Defect(null, row, column, message);
  }

  /** A defect of the input as a whole. */
  public static Defect of(String message) {
    return new Defect(null, null, null, message);
  }
}
