package dev.headway.client.work;

/**
 * A line for a job's log.
 *
 * @param text without its line end
 * @param stream {@code stdout}, {@code stderr} or {@code log}
 */
public record Output(String text, String stream) {
  private static final int LONGEST = 2_000;

  /** Cuts what the server would cut anyway. */
  public Output {
    text = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }

  /** A line that the worker itself wrote. */
  public static Output log(String text) {
    return new Output(text, "log");
  }
}
