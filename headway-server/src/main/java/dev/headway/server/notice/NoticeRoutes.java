package dev.headway.server.notice;

import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v1/admin/notice}: sends a notice to all clients. */
public record NoticeRoutes(Notices notices) {
  private record NewNotice(String message, @Nullable String severity) {
    Notices.Notice notice() {
      return new Notices.Notice(message, Objects.requireNonNullElse(severity, "INFO"));
    }
  }

  /** The handlers. */
  public Routes routes() {
    return new Routes().on("sendNotice", this::send);
  }

  private Response send(Request request) {
    var notice = request.json(NewNotice.class).notice();
    notices.tell(notice);
    return Response.json(202, notice);
  }
}
