package dev.headway.app.log;

/** How the log looks. */
public enum LogFormat {
  /** Short lines for people. */
  TEXT,
  /** One JSON object a line, for machines. */
  JSON
}
