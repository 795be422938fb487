package dev.headway.client.work;

/** A failure that another attempt would meet again: work that throws it is not tried again. */
public final class PermanentFailureException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A failure with a message for a person. */
  public PermanentFailureException(String message) {
    super(message);
  }

  /** A failure with its cause. */
  public PermanentFailureException(String message, Throwable cause) {
    super(message, cause);
  }
}
