package dev.headway.app.log;

import ch.qos.logback.classic.Level;

/** How much is logged. Other people's code logs one level less. */
public enum LogLevel {
  /** Everything. */
  TRACE,
  /** What helps to find a fault. */
  DEBUG,
  /** What happens. */
  INFO,
  /** What should be looked at. */
  WARN,
  /** What somebody must act on. */
  ERROR;

  Level ours() {
    return Level.valueOf(name());
  }

  Level others() {
    return switch (this) {
      case TRACE -> Level.DEBUG;
      case DEBUG -> Level.INFO;
      case INFO, WARN -> Level.WARN;
      case ERROR -> Level.ERROR;
    };
  }
}
