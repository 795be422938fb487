package dev.headway.fpl.rules;

/** The gameweeks of a season, numbered from 1. */
public final class Gameweeks {
  /** The last one, and so how many there are. */
  public static final int LAST = 38;

  private Gameweeks() {}
}
