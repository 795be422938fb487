package dev.headway.store.job;

import java.util.Set;
import org.jdbi.v3.core.statement.Query;

/**
 * The hosts that a query of due announcements leaves out: those whose name is the beginning of
 * {@code callback_url} up to its path.
 */
record CallbackHosts(Set<String> hosts) {
  /** The condition, to be added to others. */
  String condition() {
    var but = new StringBuilder();
    for (var at = 0; at < hosts.size(); at++) {
      but.append(
          " AND substr(callback_url, 1, :length%1$d) NOT IN (:host%1$d, :path%1$d, :query%1$d)"
              .formatted(at));
    }
    return but.toString();
  }

  /** Binds the names in the condition. */
  Query bound(Query query) {
    var at = 0;
    for (var host : hosts) {
      query.bind("host" + at, host).bind("path" + at, host + "/").bind("query" + at, host + "?");
      query.bind("length" + at, host.length() + 1);
      at++;
    }
    return query;
  }
}
