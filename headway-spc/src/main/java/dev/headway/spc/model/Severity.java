package dev.headway.spc.model;

/** How urgent a violation is, from the least to the most; the names are those on the wire. */
public enum Severity {
  /** Worth knowing. */
  INFO,
  /** To be looked into. */
  WARNING,
  /** To be acted on at once. */
  CRITICAL
}
