package dev.headway.bench.load;

/** A load that could not be put on a server, with the reason. */
public final class LoadException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a text for the person who measures. */
  public LoadException(String message) {
    super(message);
  }

  /** With a text and what is behind it. */
  public LoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
