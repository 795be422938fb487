package dev.headway.fpl.advice;

import java.util.Locale;

/** The phases of an analysis, with the percentage at which each begins. */
public enum Phase {
  /** Begins. */
  INITIALIZING(0),
  /** Reads settings and request. */
  LOADING_CONFIG(10),
  /** Fetches documents. */
  COLLECTING_DATA(25),
  /** Projects the players. */
  ANALYZING_SQUAD(50),
  /** Searches the plan. */
  OPTIMIZING_TRANSFERS(60),
  /** Chooses the captain, then asks what may go wrong. */
  CHOOSING_CAPTAIN(80),
  /** Writes the answer. */
  FORMATTING_RESULTS(90),
  /** Done. */
  COMPLETED(100);

  private final int percent;

  Phase(int percent) {
    this.percent = percent;
  }

  /** The percentage at which the phase begins. */
  public int percent() {
    return percent;
  }

  /** The name on the wire. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
