package dev.headway.cli.bars;

/** A foreground colour (ECMA-48, SGR). */
enum Colour {
  NONE(""),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  CYAN("36"),
  DIM("2");

  private final String parameter;

  Colour(String parameter) {
    this.parameter = parameter;
  }

  /** The text in this colour, or as it is when colours are off. */
  String paint(String text, boolean colours) {
    return colours && this != NONE && !text.isBlank()
        ? "\u001b[" + parameter + "m" + text + "\u001b[0m"
        : text;
  }
}
