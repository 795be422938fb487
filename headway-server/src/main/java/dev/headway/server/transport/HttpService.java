package dev.headway.server.transport;

import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import java.util.Map;

/** Answers HTTP requests. Called on virtual threads; may block. */
@FunctionalInterface
public interface HttpService {
  /** Answers a request; failures are answers, too. */
  Response answer(Incoming request);

  /**
   * A request as it came in.
   *
   * @param method upper case
   * @param target path and query as sent
   * @param headers by lower-case name; repeated ones joined with a comma
   * @param body the bytes, or the decoded parts of a form
   * @param address the peer's address
   */
  record Incoming(
      String method,
      String target,
      Map<String, String> headers,
      Request.Body body,
      String address) {}
}
