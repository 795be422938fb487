package dev.headway.solver;

/** A solver that cannot run on this machine. The message is for the person who asked for it. */
public final class SolverUnavailableException extends RuntimeException {
  /** An explanation and its cause. */
  public SolverUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
