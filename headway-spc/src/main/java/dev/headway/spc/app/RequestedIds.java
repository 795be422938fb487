package dev.headway.spc.app;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The characteristics that a message names.
 *
 * @param valid those that may be numbers of characteristics, each once
 * @param invalid the others, shortened
 * @param count how many were named
 */
record RequestedIds(Set<Long> valid, List<String> invalid, int count) {

  /** Sorts {@code characteristic_ids}, or a single {@code characteristic_id}; null for none. */
  static RequestedIds of(@Nullable JsonNode ids, @Nullable JsonNode id) {
    var valid = new LinkedHashSet<Long>();
    var invalid = new ArrayList<String>();
    if (ids != null && ids.isArray()) {
      ids.forEach(named -> sort(named, valid, invalid));
      return new RequestedIds(valid, invalid, ids.size());
    }
    var single = id == null ? ids : id;
    if (single == null) {
      return new RequestedIds(valid, invalid, 0);
    }
    sort(single, valid, invalid);
    return new RequestedIds(valid, invalid, 1);
  }

  private static void sort(JsonNode id, Set<Long> valid, List<String> invalid) {
    if (id.isIntegralNumber() && id.canConvertToLong()) {
      valid.add(id.asLong());
    } else {
      var text = id.isString() ? id.asString() : id.toString();
      invalid.add(text.length() <= 20 ? text : text.substring(0, 20) + "…");
    }
  }
}
