package dev.headway.cli.bars;

/** Shows bars to a person. Thread-safe. */
public interface Bars extends AutoCloseable {
  /**
   * Shows a bar, or changes it.
   *
   * @param key names the bar; bars stand in the order in which their keys first came
   */
  void show(String key, Bar bar);

  /** Prints a line that stays, above all bars. */
  void print(String line);

  /** Shows the last state of every bar and leaves them standing. */
  @Override
  void close();
}
