package dev.headway.server.http.dispatch;

import dev.headway.core.error.Defect;
import dev.headway.server.http.Request;
import java.util.List;

/**
 * A body that has been held against the document.
 *
 * @param defects what the handler refuses it for; none where the schema alone decides
 */
record CheckedBody(Request.Body body, List<Defect> defects) {
  /** No body. */
  static final CheckedBody NONE = new CheckedBody(new Request.Body.Empty(), List.of());
}
