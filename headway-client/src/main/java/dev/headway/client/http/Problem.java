package dev.headway.client.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's error body.
 *
 * @param detail for a person
 * @param code one of the server's closed list, for example {@code NOT_FOUND}; empty when the answer
 *     did not come from Headway
 * @param errors all that is wrong with the input
 * @param requestId names the request in the server's log
 */
public record Problem(String detail, String code, List<Defect> errors, @Nullable String requestId) {

  /** Fills in what a foreign error body lacks. */
  public Problem {
    detail = detail == null ? "" : detail;
    code = code == null ? "" : code;
    errors = errors == null ? List.of() : List.copyOf(errors);
  }

  /**
   * One thing that is wrong with the input.
   *
   * @param field a dotted path; null when it is about a table's cell
   * @param row of a table, its header being row 1
   * @param column of a table
   * @param message what is wrong and what would be right
   */
  public record Defect(
      @Nullable String field, @Nullable Integer row, @Nullable String column, String message) {
    @Override
    public String toString() {
      if (row != null) {
        return "row %d%s: %s".formatted(row, column == null ? "" : ", " + column, message);
      }
      return field == null ? message : field + ": " + message;
    }
  }

  /** The detail and every defect, a line each. */
  public String text() {
    var text = new StringBuilder(detail);
    errors.stream()
        .map(Defect::toString)
        .filter(line -> !line.equals(detail))
        .forEach(line -> text.append("\n  ").append(line));
    return text.toString();
  }
}
