package dev.headway.client.http;

import org.jspecify.annotations.Nullable;

/** The failure of a call. The message is meant for a person. */
public abstract sealed class ClientException extends RuntimeException
    permits ApiException, UnreachableException, ProtocolException {
  private static final long serialVersionUID = 1;

  ClientException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Whether the same call may succeed later without being changed. */
  public abstract boolean retryable();
}
