package dev.headway.core.error;

/**
 * The closed list of codes that a caller can see in a REST error body, an error frame or a failed
 * job. Each says whether trying again may help.
 */
public enum ErrorCode {
  /** Input that cannot be right in itself: malformed JSON, an unreadable CSV, bad lots. */
  INVALID_INPUT(false),
  /** Well-formed input with wrong values. */
  VALIDATION_ERROR(false),
  /** No credentials, or ones that do not hold. */
  AUTHENTICATION_ERROR(false),
  /** Known, but not allowed. */
  AUTHORIZATION_ERROR(false),
  /** No such thing, or not the caller's to see. */
  NOT_FOUND(false),
  /** The path exists, the method does not. */
  METHOD_NOT_ALLOWED(false),
  /** The request did not arrive whole in time. */
  REQUEST_TIMEOUT(true),
  /** The host that was asked for is not this server. */
  MISDIRECTED(false),
  /** None of the offered representations is acceptable. */
  NOT_ACCEPTABLE(false),
  /** The present state does not allow it. */
  CONFLICT(false),
  /** The work has already ended, so it can no longer be cancelled or changed. */
  TOO_LATE(false),
  /** The worker's lease is not the present one. */
  LEASE_LOST(false),
  /** The body is larger than the route takes. */
  TOO_LARGE(false),
  /** The body's media type is not understood. */
  UNSUPPORTED_MEDIA_TYPE(false),
  /** Too many requests; see Retry-After. */
  RATE_LIMITED(true),
  /** A fault of the server or of the work; the log has the details under the request's id. */
  EXECUTION_ERROR(false),
  /** The server is draining, full or cut off from its database; see Retry-After. */
  UNAVAILABLE(true),
  /** The work took longer than it was allowed to. */
  TIMEOUT_ERROR(true),
  /** The worker stopped reporting and no attempt is left. */
  WORKER_LOST(true),
  /** The work was cancelled. */
  CANCELLED(false),
  /** The connection to something that the work needs was lost. */
  CONNECTION_ERROR(true);

  private final boolean retryable;

  ErrorCode(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether the same request may succeed later without being changed. */
  public boolean retryable() {
    return retryable;
  }
}
