package dev.headway.cli.run;

/** The messages of {@code headway run} to its user, besides the command's output. Thread-safe. */
public interface Notes {
  /** A message of interest to a person at a terminal. */
  void note(String text);

  /** The reason why the server does not show the command, or not its end; given once at most. */
  void warning(String text);
}
