package dev.headway.core.bus;

/**
 * A refusal of the bus that no waiting mends: a wrong password, a service of another kind. The
 * message is for the person who started the server, names the remedy and holds no secret.
 */
public final class BusRefusedException extends RuntimeException {
  /** A refusal whose cause is for the log. */
  public BusRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
