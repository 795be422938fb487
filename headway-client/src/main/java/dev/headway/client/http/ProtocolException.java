package dev.headway.client.http;

import org.jspecify.annotations.Nullable;

/** An answer that is not Headway's; it often comes from a proxy or another server. */
public final class ProtocolException extends ClientException {
  private static final long serialVersionUID = 1;

  /** An exception with a message for a person. */
  public ProtocolException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
