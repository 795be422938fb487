package dev.headway.spc.app;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The characteristics that a message names.
 *
 * @param valid those that may be numbers of characteristics, each once
 * @param invalid the others, shortened
 * @param count how many were named
 */
record RequestedIds(Set<Long> valid, List<String> invalid, int count) {

  /** Reads {@code characteristic_ids}, or a single {@code characteristic_id}. */
  static RequestedIds of(JsonNode request) {
    var valid = new LinkedHashSet<Long>();
    var invalid = new ArrayList<String>();
    var named = request.path("characteristic_ids");
    if (named.isArray()) {
      named.forEach(id -> sort(id, valid, invalid));
      return new RequestedIds(valid, invalid, named.size());
    }
    var single = request.has("characteristic_id") ? request.get("characteristic_id") : named;
    if (single.isMissingNode()) {
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
