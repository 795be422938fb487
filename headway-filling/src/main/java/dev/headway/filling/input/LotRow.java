package dev.headway.filling.input;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    used(members)
        .forEach((column, name) -> cells.put(column, Objects.requireNonNull(members.get(name))));
    return new LotRow(row, cells);
  }

  /** The members of a JSON object that {@link #of} ignores, but for those that are null. */
  public static List<String> leftOut(Map<String, ? extends @Nullable Object> members) {
    var used = used(members).values();
    return members.keySet().stream()
        .filter(name -> members.get(name) != null && !used.contains(name))
        .toList();
  }

  private static Map<LotColumn, String> used(Map<String, ? extends @Nullable Object> members) {
    var used = new EnumMap<LotColumn, String>(LotColumn.class);
    for (var column : LotColumn.values()) {
      first(members, column::named)
          .or(() -> first(members, column::alias))
          .ifPresent(name -> used.put(column, name));
    }
    return used;
  }

  private static Optional<String> first(
      Map<String, ? extends @Nullable Object> members, Predicate<String> name) {
    return members.keySet().stream()
        .filter(member -> name.test(member) && members.get(member) != null)
        .findFirst();
  }

  /** The value of a column; null when it is absent. */
  @Nullable Object cell(LotColumn column) {
    return cells.get(column);
  }
}
