package dev.headway.filling.input;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A lot as it was sent: texts of a CSV file or scalars of a JSON object, unchecked.
 *
 * @param row the row of a file as a spreadsheet counts it, whose header is 1, or the position in a
 *     list, from 1
 * @param id the lot's name
 * @param type the lot's product
 * @param vials a whole number
 * @param fillHours hours that replace vials ÷ rate; absent as null or a blank text
 */
public record LotRow(
    int row,
    @Nullable Object id,
    @Nullable Object type,
    @Nullable Object vials,
    @Nullable Object fillHours) {
  /**
   * The row of a JSON object with the members {@code lot_id}, {@code lot_type} (or {@code type},
   * {@code product}), {@code vials} (or {@code quantity}) and {@code fill_hours}; others are
   * ignored.
   */
  public static LotRow of(int row, Map<String, ? extends @Nullable Object> members) {
    return new LotRow(
        row,
        first(members, LotColumn.ID),
        first(members, LotColumn.TYPE),
        first(members, LotColumn.VIALS),
        first(members, LotColumn.FILL_HOURS));
  }

  private static @Nullable Object first(
      Map<String, ? extends @Nullable Object> members, LotColumn column) {
    var own = first(members, column::named);
    return own != null ? own : first(members, column::alias);
  }

  private static @Nullable Object first(
      Map<String, ? extends @Nullable Object> members, Predicate<String> name) {
    Optional<? extends @Nullable Object> value =
        members.entrySet().stream()
            .filter(member -> name.test(member.getKey()) && member.getValue() != null)
            .map(Map.Entry::getValue)
            .findFirst();
    return value.orElse(null);
  }
}
