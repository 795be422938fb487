package dev.headway.core.error;

/**
 * The closed list of codes that a caller can see in a REST error body, an error frame or a failed
 * job. Each has the HTTP status that it answers with and says whether trying again may help.
 */
public enum ErrorCode {
  /** Input that cannot be right in itself: malformed JSON, an unreadable CSV, bad lots. */
  INVALID_INPUT(400, false),
  /** Well-formed input with wrong values. */
  VALIDATION_ERROR(422, false),
  /** No credentials, or ones that do not hold. */
  AUTHENTICATION_ERROR(401, false),
  /** Known, but not allowed. */
  AUTHORIZATION_ERROR(403, false),
  /** No such thing, or not the caller's to see. */
  NOT_FOUND(404, false),
  /** The path exists, the method does not. */
  METHOD_NOT_ALLOWED(405, false),
  /** None of the offered representations is acceptable. */
  NOT_ACCEPTABLE(406, false),
  /** The present state does not allow it. */
  CONFLICT(409, false),
  /** The work has already ended, so it can no longer be cancelled or changed. */
  TOO_LATE(409, false),
  /** The worker's lease is not the present one. */
  LEASE_LOST(409, false),
  /** The body is larger than the route takes. */
  TOO_LARGE(413, false),
  /** The body's media type is not understood. */
  UNSUPPORTED_MEDIA_TYPE(415, false),
  /** Too many requests; see Retry-After. */
  RATE_LIMITED(429, true),
  /** A fault of the server or of the work; the log has the details under the request's id. */
  EXECUTION_ERROR(500, false),
  /** The server is draining, full or cut off from its database; see Retry-After. */
  UNAVAILABLE(503, true),
  /** The work took longer than it was allowed to. */
  TIMEOUT_ERROR(504, true),
  /** The worker stopped reporting and no attempt is left. */
  WORKER_LOST(500, true),
  /** The work was cancelled. */
  CANCELLED(409, false),
  /** The connection to something that the work needs was lost. */
  CONNECTION_ERROR(502, true);

  private final int status;
  private final boolean retryable;

  ErrorCode(int status, boolean retryable) {
    this.status = status;
    this.retryable = retryable;
  }

  /** The HTTP status of an answer with this code. */
  public int status() {
    return status;
  }

  /** Whether the same request may succeed later without being changed. */
  public boolean retryable() {
    return retryable;
  }
}
