package dev.headway.fpl.rules;

/** A player's position, in the order and with the numbers of the API's {@code element_types}. */
public enum Position {
  /** Keeps goal. */
  GOALKEEPER("Goalkeeper", 10, 4),
  /** Plays in defence. */
  DEFENDER("Defender", 6, 4),
  /** Plays in midfield. */
  MIDFIELDER("Midfielder", 5, 1),
  /** Plays in attack. */
  FORWARD("Forward", 4, 0);

  private final String label;
  private final int goalPoints;
  private final int cleanSheetPoints;

  Position(String label, int goalPoints, int cleanSheetPoints) {
    this.label = label;
    this.goalPoints = goalPoints;
    this.cleanSheetPoints = cleanSheetPoints;
  }

  /**
   * The position of an element type.
   *
   * @throws IllegalArgumentException when the number is not 1 to 4
   */
  public static Position ofElementType(int elementType) {
    if (elementType < 1 || elementType > values().length) {
      throw new IllegalArgumentException("The element type (" + elementType + ") must be 1 to 4");
    }
    return values()[elementType - 1];
  }

  /** The API's number, 1 to 4. */
  public int elementType() {
    return ordinal() + 1;
  }

  /** The name for a person. */
  public String label() {
    return label;
  }

  /** Points for a goal (the game's published scoring). */
  public int goalPoints() {
    return goalPoints;
  }

  /** Points for a clean sheet (the game's published scoring). */
  public int cleanSheetPoints() {
    return cleanSheetPoints;
  }
}
