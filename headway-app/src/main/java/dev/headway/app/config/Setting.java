package dev.headway.app.config;

import java.util.Locale;

/**
 * One thing that can be set. Immutable.
 *
 * @param name its dotted name, as in the YAML file
 * @param kind what values it takes
 * @param preset the text of its value when nothing is set
 * @param purpose what it is for, in one sentence
 */
public record Setting<T>(String name, Kind<T> kind, String preset, String purpose) {
  /** Its name as an environment variable: {@code ws.ping-seconds} is HEADWAY_WS_PING_SECONDS. */
  public String variable() {
    return "HEADWAY_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** What comes before the first dot; empty for those that are also flags. */
  public String section() {
    var dot = name.indexOf('.');
    return dot < 0 ? "" : name.substring(0, dot);
  }

  /**
   * The value that a text stands for.
   *
   * @throws IllegalArgumentException when it stands for none
   */
  T read(String text) {
    return kind.reader().apply(text.strip());
  }

  /** The value of a text, without secrets. */
  String show(String text) {
    return kind.shower().apply(read(text));
  }
}
