package dev.headway.server.http;

/** Answers one operation of the OpenAPI document. Called on a virtual thread; may block. */
@FunctionalInterface
public interface Handler {
  /**
   * Answers a request that has been routed, checked and authenticated.
   *
   * @throws dev.headway.core.error.HeadwayException what the caller is to see
   * @throws Exception anything else becomes 500 EXECUTION_ERROR with the request's id
   */
  Response handle(Request request) throws Exception;
}
