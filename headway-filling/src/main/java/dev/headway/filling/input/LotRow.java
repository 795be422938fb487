package dev.headway.filling.input;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A lot as it was sent, unchecked.
 *
 * @param row the row of a file as a spreadsheet counts it, whose header is 1, or the position in a
 *     list, from 1
 * @param cells texts of a CSV file or values of a JSON object; what is absent has none
 */
public record LotRow(int row, Map<LotColumn, Object> cells) {
  /** A JSON list of texts. */
  public record Texts(List<String> texts) {
    /** Takes a copy. */
    public Texts {
      texts = List.copyOf(texts);
    }

    @Override
    public String toString() {
      return "a list";
    }
  }

  /** Takes a copy. */
  public LotRow {
    cells = Map.copyOf(cells);
  }

  /**
   * The row of a JSON object with the members {@code lot_id}, {@code lot_type} (or {@code type},
   * {@code product}), {@code vials} (or {@code quantity}) and those of the other {@link
   * LotColumn}s; others are ignored.
   */
  public static LotRow of(int row, Map<String, ? extends @Nullable Object> members) {
    var cells = new EnumMap<LotColumn, Object>(LotColumn.class);
    for (var column : LotColumn.values()) {
      var own = first(members, column::named);
      var value = own != null ? own : first(members, column::alias);
      if (value != null) {
        cells.put(column, value);
      }
    }
    return new LotRow(row, cells);
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

  /** The value of a column; null when it is absent. */
  @Nullable Object cell(LotColumn column) {
    return cells.get(column);
  }
}
