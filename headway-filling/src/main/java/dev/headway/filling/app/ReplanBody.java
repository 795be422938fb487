package dev.headway.filling.app;

import dev.headway.core.job.Json;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to plan a schedule again; null for what was not given.
 *
 * @param anew whether all is planned from the beginning, as if nothing had been filled
 * @param at from when on; now when absent
 * @param moveHours the hours of cost that moving a lot is worth
 * @param lotsData lots that are new, or changed
 * @param remove ids of lots that are no longer to be filled
 * @param config settings that replace the schedule's own
 */
record ReplanBody(
    @Nullable Boolean anew,
    @Nullable String at,
    @Nullable String name,
    @Nullable String strategy,
    @Nullable BigDecimal moveHours,
    @Nullable Json lotsData,
    @Nullable List<String> remove,
    @Nullable Json config) {
  static final ReplanBody PLAIN = new ReplanBody(null, null, null, null, null, null, null, null);

  boolean fromTheBeginning() {
    return Boolean.TRUE.equals(anew);
  }

  List<String> removed() {
    return remove == null ? List.of() : remove;
  }
}
