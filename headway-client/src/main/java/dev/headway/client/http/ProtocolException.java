package dev.headway.client.http;

import org.jspecify.annotations.Nullable;

/** What answered does not speak Headway's contract; often a proxy or another server. */
public final class ProtocolException extends ClientException {
  private static final long serialVersionUID = 1;

  /** Says what was wrong. */
  public ProtocolException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
