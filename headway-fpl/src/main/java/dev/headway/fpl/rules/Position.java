package dev.headway.fpl.rules;

/** A player's position, in the order and with the numbers of the API's {@code element_types}. */
public enum Position {
  /** Keeps goal. */
  GOALKEEPER(1, "Goalkeeper", 10, 4),
  /** Plays in defence. */
  DEFENDER(2, "Defender", 6, 4),
  /** Plays in midfield. */
  MIDFIELDER(3, "Midfielder", 5, 1),
  /** Plays in attack. */
  FORWARD(4, "Forward", 4, 0);

  private final int elementType;
  private final String label;
  private final int goalPoints;
  private final int cleanSheetPoints;

  Position(int elementType, String label, int goalPoints, int cleanSheetPoints) {
    this.elementType = elementType;
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
    for (var position : values()) {
      if (position.elementType == elementType) {
        return position;
      }
    }
    throw new IllegalArgumentException("The element type (" + elementType + ") must be 1 to 4");
  }

  /** The API's number, 1 to 4. */
  public int elementType() {
    return elementType;
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
