package dev.headway.server.routes;

import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.status.StatusReader;

/**
 * {@code GET /api/v1/admin/status}: the status of the server.
 *
 * @param reader reads it
 */
public record StatusRoutes(StatusReader reader) {
  /** The handlers. */
  public Routes routes() {
    return new Routes().on("serverStatus", _ -> Response.ok(reader.read()));
  }
}
