package dev.headway.server.transport;

import dev.headway.server.http.RawRequest;
import dev.headway.server.http.Response;

/** Answers HTTP requests. Called on virtual threads; may block. */
@FunctionalInterface
public interface HttpService {
  /** Answers a request; failures are answers, too. */
  Response handle(RawRequest request);
}
