package dev.headway.app.config;

import java.util.List;

/** Settings that cannot be used. */
public final class ConfigurationException extends RuntimeException {
  private final List<String> complaints;

  /**
   * @param complaints all that is wrong, a line each
   */
  ConfigurationException(List<String> complaints) {
    super(String.join("; ", complaints));
    this.complaints = List.copyOf(complaints);
  }

  /** All that is wrong, a line each, for the person who started the program. */
  public List<String> complaints() {
    return complaints;
  }
}
