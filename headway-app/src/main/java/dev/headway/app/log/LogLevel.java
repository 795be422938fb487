package dev.headway.app.log;

import ch.qos.logback.classic.Level;

/** How much is logged. Other people's code logs one level less. */
public enum LogLevel {
  /** Everything. */
  TRACE(Level.TRACE, Level.DEBUG),
  /** What helps to find a fault. */
  DEBUG(Level.DEBUG, Level.INFO),
  /** What happens. */
  INFO(Level.INFO, Level.WARN),
  /** What should be looked at. */
  WARN(Level.WARN, Level.WARN),
  /** What somebody must act on. */
  ERROR(Level.ERROR, Level.ERROR);

  final Level ours;
  final Level others;

  LogLevel(Level ours, Level others) {
    this.ours = ours;
    this.others = others;
  }
}
