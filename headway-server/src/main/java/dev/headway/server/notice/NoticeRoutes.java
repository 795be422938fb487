package dev.headway.server.notice;

import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;

/** {@code POST /api/v1/admin/notice}: tells all clients something. */
public record NoticeRoutes(Notices notices) {
  /** The handlers. */
  public Routes routes() {
    return new Routes().on("sendNotice", this::send);
  }

  private Response send(Request request) {
    var body = request.json();
    var notice =
        new Notices.Notice(
            body.path("message").asString(""), body.path("severity").asString("INFO"));
    notices.tell(notice);
    return Response.json(202, notice);
  }
}
