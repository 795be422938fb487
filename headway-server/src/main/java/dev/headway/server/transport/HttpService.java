package dev.headway.server.transport;

import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.RawRequest;
import dev.headway.server.http.Response;

/** Answers HTTP requests. */
public interface HttpService {
  /** Answers a request; failures are answers, too. Called on a virtual thread; may block. */
  Response handle(RawRequest request);

  /** The answer to a request that the transport itself refuses. Does not block. */
  Response refuse(RawRequest request, HeadwayException refusal);
}
