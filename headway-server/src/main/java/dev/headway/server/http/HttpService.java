package dev.headway.server.http;

import dev.headway.core.error.HeadwayException;
import java.util.Optional;
import java.util.function.Consumer;

/** The answers to HTTP requests, as the transport asks for them. Thread-safe. */
public interface HttpService {
  /**
   * Answers a request; failures are answers, too. Called on a virtual thread; blocks until the
   * request and its body are not needed any more, which may be after the answer.
   *
   * @param reply called once, by any thread; must be quick
   */
  void answer(RawRequest request, Consumer<Response> reply);

  /** The answer to a request that the transport itself refuses. Does not block. */
  Response refuse(RawRequest request, HeadwayException refusal);

  /** The answer to a request that failed for no fault of its own; logs and counts the failure. */
  Response fault(RawRequest request, Throwable failure);

  /** The largest body that a request may have, in bytes. Does not block. */
  long maxBody(String method, String target);

  /**
   * The answer that refuses a request by its head, before its body is taken; empty when nothing
   * speaks against it so far. May block.
   *
   * @param length the body's length as the head says it; 0 when it does not
   */
  Optional<Response> refusal(RawRequest head, long length);
}
