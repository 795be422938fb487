package dev.headway.store;

/**
 * Why a program cannot start. The message is one line for the person who started it: it names what
 * is wrong and the remedy, and holds no secret.
 */
public final class StartupException extends RuntimeException {
  /** A reason that says it all. */
  public StartupException(String message) {
    super(message);
  }

  /** A reason whose cause is for the log. */
  public StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
