package dev.headway.client.http;

import java.net.URI;

/** The server did not answer: it is down, the network is, or it took too long. */
public final class UnreachableException extends ClientException {
  private static final long serialVersionUID = 1;

  /** No answer from {@code uri}. */
  public UnreachableException(URI uri, Throwable cause) {
    super("The server at %s does not answer (%s)".formatted(origin(uri), reason(cause)), cause);
  }

  private static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getAuthority();
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
