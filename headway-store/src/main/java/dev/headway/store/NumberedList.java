package dev.headway.store;

import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Rows of a table in the order of their ids, read page by page.
 *
 * @param table the table's name
 * @param condition which rows, with named parameters; empty for all
 * @param values the values of these parameters
 * @param newestFirst whether the highest id comes first
 */
public record NumberedList(
    String table, String condition, Map<String, ?> values, boolean newestFirst) {
  private record Numbered<T>(long id, T row) {}

  /** All rows of a table. */
  public static NumberedList all(String table, boolean newestFirst) {
    return new NumberedList(table, "", Map.of(), newestFirst);
  }

  /**
   * A page of the rows.
   *
   * @throws dev.headway.core.error.HeadwayException VALIDATION_ERROR when the page is asked for
   *     after a place that no list has
   */
  public <T> Page<T> page(Handle handle, PageRequest asked, RowMapper<T> mapper) {
    var after = asked.after(Long::valueOf);
    var all = condition.isEmpty() ? "TRUE" : condition;
    var some = after == null ? all : all + (newestFirst ? " AND id < :after" : " AND id > :after");
    var place = new HashMap<String, Object>(values);
    if (after != null) {
      place.put("after", after);
    }
    var rows =
        handle
            .createQuery(
                "SELECT * FROM %s WHERE %s ORDER BY id%s LIMIT :limit OFFSET :offset"
                    .formatted(table, some, newestFirst ? " DESC" : ""))
            .bindMap(place)
            .bind("limit", asked.size())
            .bind("offset", asked.offset())
            .map((row, context) -> new Numbered<>(row.getLong("id"), mapper.map(row, context)))
            .list();
    return Page.of(asked, rows, total(handle, all), Numbered::id).map(Numbered::row);
  }

  private long total(Handle handle, String where) {
    return handle
        .createQuery("SELECT count(*) FROM %s WHERE %s".formatted(table, where))
        .bindMap(values)
        .mapTo(long.class)
        .one();
  }
}
